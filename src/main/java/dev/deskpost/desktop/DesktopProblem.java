package dev.deskpost.desktop;

import dev.deskpost.problem.Problem;
import org.springframework.http.HttpStatus;

/** What a caller is told who needs the desktop at once: 503, and it may be there again later. */
public final class DesktopProblem extends Problem {

    private static final long serialVersionUID = 1L;

    private DesktopProblem(String code, String detail) {
        super(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
    }

    /** There is no desktop to use. */
    public static DesktopProblem unavailable(DesktopUnavailable why) {
        return new DesktopProblem("DESKTOP_UNAVAILABLE", why.reason());
    }

    /** @param advice what to do, such as "probe again later" */
    public static DesktopProblem busy(String advice) {
        return new DesktopProblem("DESKTOP_BUSY", "another holder kept the desktop for too long; " + advice);
    }
}
