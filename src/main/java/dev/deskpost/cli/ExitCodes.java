package dev.deskpost.cli;

/** What a command's end says to a script. The numbers are part of what is documented in {@code docs/cli.md}. */
final class ExitCodes {

    static final int OK = 0;

    /** The service answered, and the answer is bad news: not delivered, or a person is needed. */
    static final int BAD_NEWS = 1;

    /** The command line is wrong. Nothing was asked. */
    static final int USAGE = 2;

    /** The service refused the request, with a reason (RFC 9457) if it is a Deskpost. */
    static final int REFUSED = 3;

    /** Nobody answers there, or no longer. */
    static final int UNREACHABLE = 4;

    /** There is no token, or it is the wrong one. */
    static final int NO_ACCESS = 5;

    /** A fault of the command itself: EX_SOFTWARE of sysexits.h. */
    static final int FAULT = 70;

    private ExitCodes() {}
}
