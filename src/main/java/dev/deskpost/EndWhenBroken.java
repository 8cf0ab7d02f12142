package dev.deskpost;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationListener;

/**
 * Ends the process when some part says that it is broken ({@link LivenessState#BROKEN}), with an exit code by which a
 * supervisor knows that it is to be started anew. First as a stop that was asked for: the running attempt ends, keys and
 * clipboard are given back. Where that does not come to an end, at the limit, whatever still runs.
 *
 * <p>For the process that is the service: in a test it would end the tests.
 */
class EndWhenBroken implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

    /** EX_IOERR of sysexits.h. */
    static final int EXIT_CODE = 74;

    private static final Logger log = LoggerFactory.getLogger(EndWhenBroken.class);

    /** For the stop as it should be, which takes a second or two; what takes longer waits for what is broken. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Duration limit;
    private final AtomicBoolean ends = new AtomicBoolean();

    EndWhenBroken() {
        this(LIMIT);
    }

    EndWhenBroken(Duration limit) {
        this.limit = limit;
    }

    /** Returns at once: whoever says it may be what the stop waits for. */
    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
        if (event.getState() != LivenessState.BROKEN || !ends.compareAndSet(false, true)) {
            return;
        }
        log.error("This process is broken: it ends with exit code {}, within {}", EXIT_CODE, limit);
        // Threads of the JDK's that stay while the process ends, unlike those of the application
        Executor atTheLimit = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        atTheLimit.execute(() -> Runtime.getRuntime().halt(EXIT_CODE));
        Thread end = new Thread(() -> System.exit(EXIT_CODE), "deskpost-end");
        end.setDaemon(true);
        end.start();
    }
}
