package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.x11.wire.Authority;
import java.util.OptionalLong;

/**
 * Who delivers to a display, as far as it says so.
 *
 * @param pid its process id; empty if it does not say
 * @param host the machine it runs on; empty if it does not say
 */
record Holder(OptionalLong pid, String host) {

    private static final int MAX_HOST = 100;

    /** What others write into properties and files is shown in logs and answers. */
    Holder {
        host = host.replaceAll("[^\\x21-\\x7e]", "");
        host = host.substring(0, Math.min(MAX_HOST, host.length()));
    }

    static Holder thisProcess() {
        return new Holder(OptionalLong.of(ProcessHandle.current().pid()), Authority.localHost());
    }

    /** Says why this one does not deliver. */
    DesktopTaken taken(String display) {
        String process = pid.isPresent() ? "process " + pid.getAsLong() : "a process that does not say its id";
        return new DesktopTaken("another Deskpost (" + process + (host.isEmpty() ? "" : " on host " + host)
                + ") delivers to " + display + "; this one stands by and takes over when it ends");
    }
}
