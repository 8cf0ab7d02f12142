package dev.deskpost.delivery;

import dev.deskpost.desktop.Verdict;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The patience of one attempt with programs that get in its way. A step that lost a race against them did nothing: the
 * condition is mended and the step tried again, until the attempt's time for that is up.
 */
final class Race {

    private long end;

    Race(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Goes on for at least that long from now. */
    void goOnFor(Duration time) {
        long then = System.nanoTime() + time.toNanos();
        end = then - end > 0 ? then : end;
    }

    boolean goesOn() {
        return System.nanoTime() - end < 0;
    }

    /** @return the verdict of the last try, or of the mending if that failed */
    Verdict win(Supplier<Verdict> step, Supplier<Verdict> mend) {
        while (true) {
            Verdict verdict = step.get();
            if (!isLost(verdict) || !goesOn()) {
                return verdict;
            }
            // Nothing is to be mended about a grab: it ends by itself, or it lasts.
            Verdict mended = verdict == Verdict.GRABBED ? Verdict.HELD : mend.get();
            if (mended != Verdict.HELD && !(isLost(mended) && goesOn())) {
                return mended;
            }
        }
    }

    private static boolean isLost(Verdict verdict) {
        return verdict == Verdict.FOCUS_ELSEWHERE || verdict == Verdict.COVERED || verdict == Verdict.GRABBED;
    }
}
