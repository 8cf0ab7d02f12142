package dev.deskpost.message;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A message that was accepted and must not be lost. Its moves between states are methods that refuse wrong ones:
 *
 * <pre>
 * PENDING ----- claim ------> PROCESSING ----> DELIVERED | FAILED | UNCONFIRMED
 *    ^                            |
 *    '--- retryAt, postpone ------'
 * PENDING ----- cancel, expire ------> CANCELLED, EXPIRED
 * FAILED, UNCONFIRMED ----- replay ------> PENDING
 * UNCONFIRMED ----- resolve ------> DELIVERED | FAILED
 * UNCONFIRMED ----- confirm ------> DELIVERED
 * PENDING, FAILED, if it was tried ----- confirm ------> DELIVERED
 * </pre>
 *
 * <p>{@code confirm} is the recipient's own proof, which may come late: also when the message waits for another try, or has
 * failed. A person may have pressed the submit key on what we had pasted. What has arrived must not be typed a second time,
 * so the proof ends the message there, too.
 *
 * <p>{@code claims} counts how often the message was taken in hand and fences every move out of PROCESSING: whoever comes
 * with an older number is late. {@code attempts} counts the tries that were used up; one that a desktop without windows
 * ended is not.
 *
 * <p>It stands in its {@link Lane} from when it is due for the first time until it is finished.
 */
@Entity
@Table(name = "message")
@DynamicUpdate
public class Message extends AcceptedMessage {

    @Enumerated(EnumType.STRING)
    private MessageState state = MessageState.PENDING;

    private int attempts;
    private int claims;

    /** Its place in its lane, which is its place in the table; null while it does not stand there. */
    private @Nullable Long laneSeq;

    /** What {@code deliverAfter} said, until then. */
    private @Nullable Instant deferredUntil;

    /** The station that took it last. */
    private @Nullable String claimedBy;

    @Enumerated(EnumType.STRING)
    private Trigger nextTrigger = Trigger.FIRST;

    private int replays;

    private @Nullable Instant nextAttemptAt;

    private @Nullable Instant finishedAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Channel channel;

    @Enumerated(EnumType.STRING)
    private @Nullable Evidence evidence;

    /** What its recipient, or another one, says of the text that it got; null until one says something. */
    @Enumerated(EnumType.STRING)
    private @Nullable Verdict verdict;

    private @Nullable String failureCode;
    private @Nullable String failureDetail;

    protected Message() {}

    Message(NewMessage wanted, String id, int maxAttempts, @Nullable String broadcast, Instant now) {
        super(wanted, id, maxAttempts, broadcast, now);
        // The database keeps microseconds; what is shown now is what will be shown later.
        this.deferredUntil =
                wanted.deliverAfter() != null && wanted.deliverAfter().isAfter(now)
                        ? wanted.deliverAfter().truncatedTo(ChronoUnit.MICROS)
                        : null;
        this.nextAttemptAt = deferredUntil == null ? now : deferredUntil;
    }

    /** It is due for the first time, or again: it stands in its lane from now on. */
    void enterLane() {
        deferredUntil = null;
        laneSeq = seq();
    }

    /** Taken in hand for an attempt, which is counted before it runs. */
    void claim(String station) {
        move(MessageState.PROCESSING, MessageState.PENDING);
        attempts++;
        claims++;
        claimedBy = station;
        nextAttemptAt = null;
    }

    void markDelivered(Channel way, @Nullable Evidence proof, Instant now) {
        finish(MessageState.DELIVERED, now, MessageState.PROCESSING);
        channel = way;
        evidence = proof;
        if (proof != null && proof.isOfRecipient()) {
            verdict = Verdict.WHOLE;
        }
        note(null);
    }

    /** Certainly not submitted; another try follows. */
    void retryAt(Failure why, Instant when) {
        move(MessageState.PENDING, MessageState.PROCESSING);
        nextAttemptAt = when;
        nextTrigger = Trigger.RETRY;
        note(why);
    }

    /** Certainly not submitted, and not for a reason of this message: the try does not count. */
    void postpone(Failure why, Instant when) {
        retryAt(why, when);
        attempts--;
    }

    /** Since when it could be tried. */
    Instant dueSince() {
        return nextAttemptAt == null ? acceptedAt() : nextAttemptAt;
    }

    /** Whether it waits for another try at a later time. */
    boolean waitsAt(Instant now) {
        return nextAttemptAt != null && nextAttemptAt.isAfter(now);
    }

    /** It waits no longer. */
    void hurry(Instant now) {
        nextAttemptAt = now;
    }

    /** Certainly not submitted, and no try is left. */
    void markFailed(Failure why, Instant now) {
        finish(MessageState.FAILED, now, MessageState.PROCESSING);
        note(why);
    }

    /** Nobody knows whether it was submitted. */
    void markUnconfirmed(Failure why, @Nullable Evidence proof, Instant now) {
        finish(MessageState.UNCONFIRMED, now, MessageState.PROCESSING);
        evidence = proof;
        note(why);
    }

    /** A person wants it tried again, with as many tries as a new one. Its last failure is shown until it is delivered. */
    void replay(Instant now) {
        move(MessageState.PENDING, MessageState.FAILED, MessageState.UNCONFIRMED);
        attempts = 0;
        replays++;
        nextTrigger = Trigger.REPLAY;
        nextAttemptAt = now;
        finishedAt = null;
        evidence = null;
        verdict = null;
        enterLane();
    }

    /** Whether a proof by its own recipient would change anything. */
    boolean canBeConfirmed(Evidence proof) {
        return switch (state) {
            case UNCONFIRMED -> true;
            case PENDING, FAILED -> claims > 0;
            case DELIVERED -> evidence == null || evidence.compareTo(proof) < 0;
            case PROCESSING, CANCELLED, EXPIRED -> false;
        };
    }

    /** Its own recipient has got the whole text. What is delivered already stays so, and is proved better. */
    void confirm(Evidence proof, Instant now) {
        if (state != MessageState.DELIVERED) {
            finish(MessageState.DELIVERED, now, MessageState.UNCONFIRMED, MessageState.PENDING, MessageState.FAILED);
            channel = Channel.WINDOW;
        }
        evidence = proof;
        verdict = Verdict.WHOLE;
        note(null);
    }

    /** Whether a verdict on what became of its text would change anything. What its own recipient has proved stands. */
    boolean canBeFaulted(Verdict fault) {
        boolean settled = switch (state) {
            case PENDING, FAILED, UNCONFIRMED, DELIVERED -> true;
            case PROCESSING, CANCELLED, EXPIRED -> false;
        };
        boolean news = verdict != fault && verdict != Verdict.MISROUTED; // Nothing is worse than that.
        return settled && news && claims > 0 && (evidence == null || !evidence.isOfRecipient());
    }

    /** Somebody got its text, but not as it was sent, or not the one that it was sent to. */
    void fault(Verdict fault) {
        verdict = fault;
        if (state == MessageState.UNCONFIRMED) {
            note(new Failure(fault.name(), fault.meaning()));
        }
    }

    /** A person has seen that it arrived. */
    void resolveDelivered(Instant now) {
        finish(MessageState.DELIVERED, now, MessageState.UNCONFIRMED);
        channel = Channel.WINDOW;
        note(null);
    }

    /** A person has seen that it did not arrive. */
    void resolveFailed(Failure why, Instant now) {
        finish(MessageState.FAILED, now, MessageState.UNCONFIRMED);
        note(why);
    }

    void cancel(Instant now) {
        finish(MessageState.CANCELLED, now, MessageState.PENDING);
    }

    void expire(Instant now) {
        finish(MessageState.EXPIRED, now, MessageState.PENDING);
    }

    private void finish(MessageState next, Instant now, MessageState... from) {
        move(next, from);
        finishedAt = now;
        nextAttemptAt = null;
        laneSeq = null;
        deferredUntil = null;
    }

    private void move(MessageState next, MessageState... from) {
        if (!List.of(from).contains(state)) {
            throw new IllegalStateException("message " + id() + " is " + state + " and cannot become " + next);
        }
        state = next;
    }

    private void note(@Nullable Failure why) {
        failureCode = why == null ? null : why.code();
        failureDetail = why == null ? null : why.detail();
    }

    Lane.Place place() {
        return new Lane.Place(
                seq(),
                claimRank(),
                nextTrigger == Trigger.RETRY ? acceptedAt() : dueSince(),
                nextAttemptAt,
                expiresAt());
    }

    /** Whether it stands in its lane. */
    boolean isInLane() {
        return laneSeq != null;
    }

    /** The station that took it last; null if none has. */
    public @Nullable String claimedBy() {
        return claimedBy;
    }

    boolean isDeferred() {
        return deferredUntil != null;
    }

    Trigger nextTrigger() {
        return nextTrigger;
    }

    public int replays() {
        return replays;
    }

    public MessageState state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    /** How often it was taken in hand. */
    public int claims() {
        return claims;
    }

    public @Nullable Instant nextAttemptAt() {
        return nextAttemptAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    public @Nullable Channel channel() {
        return channel;
    }

    public @Nullable Evidence evidence() {
        return evidence;
    }

    public @Nullable Verdict verdict() {
        return verdict;
    }

    public @Nullable Failure failure() {
        return failureCode == null ? null : new Failure(failureCode, failureDetail == null ? "" : failureDetail);
    }
}
