package dev.deskpost;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences what H2 says in a hundred lines: another Deskpost uses this home already. */
class HomeInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() != ALREADY_OPEN) {
            return null;
        }
        return new FailureAnalysis(
                "Another Deskpost is running with this home directory and has its database open: " + cause.getMessage(),
                "Use the one that runs, stop it, or start this one with a home of its own: --deskpost.home=DIR",
                rootFailure);
    }
}
