package dev.deskpost.desktop.x11;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * When somebody last touched keyboard or mouse, ours included, as the server's clock and its idle time tell together.
 *
 * @param at the server's time of it, in milliseconds; at most {@link #CLOCK_MILLIS} too early
 * @param idle the time since
 */
record LastInput(int at, Duration idle) {

    /** The server reads its clock for each question, once for the time and once for the idle time. */
    static final int CLOCK_MILLIS = 5;

    /** A server that is kept from running each time between two questions is asked no longer; then we err. */
    private static final int TRIES = 20;

    /**
     * Asks for the idle time between two looks at the clock, again if too much time has passed between those: a server that
     * was kept from running in between would tell of an input that never was.
     *
     * @param clock the server's time in milliseconds
     * @param idleTime empty if the server does not tell
     */
    static Optional<LastInput> ask(IntSupplier clock, Supplier<Optional<Duration>> idleTime) {
        Optional<LastInput> last = Optional.empty();
        int before = clock.getAsInt();
        for (int i = 0; i < TRIES; i++) {
            int then = before;
            last = idleTime.get().map(idle -> new LastInput(then - (int) idle.toMillis(), idle));
            int after = clock.getAsInt();
            if (last.isEmpty() || after - before <= CLOCK_MILLIS) {
                return last;
            }
            before = after;
        }
        return last;
    }

    /** Whether both tell of the same input. */
    boolean isThatAt(int known) {
        return Math.abs(at - known) <= CLOCK_MILLIS;
    }
}
