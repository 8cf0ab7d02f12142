package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the delivery executor is doing, for those who ask. */
@Component
public class Processor implements AttemptObserver {

    /** Whether messages are delivered. */
    public enum State {
        /** It delivers what is due. */
        RUNNING,
        /** A person, or a person's sign, has stopped it. */
        PAUSED,
        /** Another program delivers to this desktop, or is this station; messages wait until it ends. */
        STANDBY,
        /** It does not run: not started yet, or shutting down. */
        STOPPED
    }

    /** The message on its way, for whom it is, and the last step that was done. */
    public record Current(String id, String recipient, Step step) {}

    private final Clock clock;
    private volatile State state = State.STOPPED;
    private boolean ended;
    private volatile @Nullable Instant startedAt;
    private volatile @Nullable Instant lastActivityAt;
    private volatile @Nullable AttemptLog current;
    private volatile @Nullable String waitsFor;
    private volatile @Nullable String standsBy;

    private final PauseSwitch pause;

    Processor(Clock clock, PauseSwitch pause) {
        this.clock = clock;
        this.pause = pause;
    }

    public State state() {
        return state == State.RUNNING && pause.isPaused() ? State.PAUSED : state;
    }

    /** When it started to run. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** When it last looked for messages, or did something for one. */
    public @Nullable Instant lastActivityAt() {
        return lastActivityAt;
    }

    public Optional<Current> current() {
        return Optional.ofNullable(current)
                .map(attempt ->
                        new Current(attempt.claim().messageId(), attempt.claim().recipient(), attempt.current()));
    }

    /** Why due messages wait: what a person wanted, or what keeps it from them; empty if nothing does. */
    public Optional<String> reason() {
        return pause.reason().or(this::waitsFor);
    }

    /** What keeps due messages waiting although it runs; empty if nothing does. */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(standsBy).or(() -> Optional.ofNullable(waitsFor));
    }

    void waitsFor(@Nullable String reason) {
        waitsFor = reason;
    }

    /** It looks for messages. */
    void looking() {
        if (state == State.STOPPED) {
            enter(State.RUNNING);
        }
        lastActivityAt = clock.instant();
    }

    void running() {
        standsBy = null;
        enter(State.RUNNING);
    }

    void standingBy() {
        standsBy = null;
        enter(State.STANDBY);
    }

    /** The same for what no status of the desktop tells. */
    void standingBy(String reason) {
        standsBy = reason;
        enter(State.STANDBY);
    }

    /** For good: a turn that is still under way starts nothing again. */
    synchronized void stopped() {
        ended = true;
        state = State.STOPPED;
    }

    private synchronized void enter(State next) {
        if (ended) {
            return;
        }
        if (state == State.STOPPED) {
            startedAt = clock.instant();
        }
        state = next;
    }

    void started(AttemptLog attempt) {
        current = attempt;
        lastActivityAt = clock.instant();
    }

    /** A long delivery is no silence. */
    @Override
    public void noted(Claim claim, Step step) {
        lastActivityAt = clock.instant();
    }

    void finished() {
        current = null;
        lastActivityAt = clock.instant();
    }
}
