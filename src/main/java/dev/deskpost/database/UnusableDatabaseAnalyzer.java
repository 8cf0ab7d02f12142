package dev.deskpost.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Says what H2 says in a hundred lines: its file is damaged, or is not this user's; and what can be done about it. */
class UnusableDatabaseAnalyzer implements FailureAnalyzer {

    /** H2's IO_EXCEPTION_1 and IO_EXCEPTION_2, FILE_CORRUPTED_1: a damaged file is the one or the other. */
    private static final Set<Integer> DAMAGED = Set.of(90028, 90031, 90030);

    private final Environment environment;

    UnusableDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseFile.Unusable unusable) {
                return new FailureAnalysis(
                        String.valueOf(unusable.getMessage()),
                        "Start Deskpost as the user to whom the file belongs, or give it to this one with chown.",
                        failure);
            }
            if (cause instanceof SQLException refused && DAMAGED.contains(refused.getErrorCode())) {
                return DatabaseFile.of(environment)
                        .map(file -> damaged(file.toString(), refused, failure))
                        .orElse(null);
            }
        }
        return null;
    }

    private static FailureAnalysis damaged(String file, SQLException refused, Throwable failure) {
        return new FailureAnalysis(
                "The database " + file + " is damaged, or cannot be read: " + refused.getMessage()
                        + ". The accepted messages, the recipients and the attempts are in it.",
                "Copy the file before anything else. What can be saved of it H2's own tools save: the commands are in"
                        + " docs/troubleshooting.md, \"the database is damaged\". To begin with an empty queue, move the"
                        + " file away: recipients and messages are gone then.",
                failure);
    }
}
