package dev.deskpost.cli;

/** A command cannot go on: what it says on standard error, and its exit code. Thrown from wherever that shows. */
final class GivenUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message for people; without the token */
    GivenUp(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** For people; lines are separated by line feeds. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
