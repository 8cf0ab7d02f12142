package dev.deskpost.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits for what becomes of a message. The service holds each answer; where it breaks off, it is asked again. */
final class Outcome {

    private static final Duration LONGEST_HOLD = Duration.ofSeconds(50);

    private final Service service;
    private final Backoff backoff;

    Outcome(Service service, Backoff backoff) {
        this.service = service;
        this.backoff = backoff;
    }

    /**
     * @param accepted the message as it was accepted
     * @return the message as it is when it is final, or when the time is up
     * @throws GivenUp if nobody answered at the end
     */
    Reply await(Reply accepted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        String path = "/api/v1/messages/" + Service.encoded(accepted.fields().text("id", ""));
        Reply last = accepted;
        Optional<IOException> broken = Optional.empty();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (left.isZero()) {
                break;
            }
            Duration hold = left.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : left;
            long seconds = hold.plusMillis(999).toSeconds();
            try {
                long asked = System.nanoTime();
                last = service.getHeld(path + "?wait=" + seconds, Duration.ofSeconds(seconds));
                broken = Optional.empty();
                if (isFinal(last.fields())) {
                    return last;
                }
                if (Duration.ofNanos(System.nanoTime() - asked).compareTo(hold.dividedBy(2)) > 0) {
                    backoff.reset();
                    continue; // It was held.
                }
            } catch (IOException e) {
                broken = Optional.of(e);
            }
            backoff.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        if (broken.isPresent()) {
            throw new GivenUp(
                    ExitCodes.UNREACHABLE,
                    accepted.fields().text("id", "?") + " was accepted, and what became of it is not known: "
                            + service.why(broken.get()));
        }
        return last;
    }

    /** Whether nothing happens to the message any more by itself. */
    static boolean isFinal(Fields message) {
        String state = message.text("state", "");
        return !state.equals("PENDING") && !state.equals("PROCESSING");
    }
}
