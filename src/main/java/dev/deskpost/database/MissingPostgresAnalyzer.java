package dev.deskpost.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set, see {@link PostgresUrl}. */
class MissingPostgresAnalyzer extends AbstractFailureAnalyzer<PostgresUrl.Missing> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PostgresUrl.Missing cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set spring.datasource.url=jdbc:postgresql://HOST:5432/DATABASE, spring.datasource.username and"
                        + " spring.datasource.password, as arguments (--spring.datasource.url=…) or in the environment"
                        + " (SPRING_DATASOURCE_URL, …). Without the profile 'postgres' the queue is a file in the home"
                        + " directory.",
                rootFailure);
    }
}
