package dev.deskpost.database;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences that PostgreSQL does not answer, or does not let us in. */
class UnreachablePostgresAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        // Classes of the SQL standard: connection, authorization; and PostgreSQL's own 3D: no such database
        String state = Objects.requireNonNullElse(cause.getSQLState(), "");
        boolean postgres = cause.getClass().getName().startsWith("org.postgresql.");
        if (!postgres || !(state.startsWith("08") || state.startsWith("28") || state.startsWith("3D"))) {
            return null;
        }
        return new FailureAnalysis(
                "PostgreSQL cannot be used: " + cause.getMessage(),
                "Look whether it runs, and whether spring.datasource.url, .username and .password name it rightly.",
                rootFailure);
    }
}
