package dev.deskpost.station;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A clock that nobody sets, and that goes on while the machine sleeps. {@link System#nanoTime} stands still then, on Linux:
 * a laptop that was closed for an hour would take a lease of seconds for a fresh one.
 */
final class Uptime {

    /** Seconds since the start of the machine with two decimals, sleep included (proc(5)). */
    private static final Path PROC = Path.of("/proc/uptime");

    private static final boolean THERE = Files.isReadable(PROC);

    private Uptime() {}

    /** Only differences mean something. */
    static long millis() {
        if (!THERE) {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }
        try {
            String text = Files.readString(PROC);
            return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
