package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Trigger;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One try to deliver one message, kept beside it. Written when it starts, and once more when it ends. */
@Entity
@Table(name = "attempt")
@IdClass(Attempt.Key.class)
public class Attempt {

    /** A message and the number of its claim. */
    public record Key(String messageId, int number) implements Serializable {}

    @Id
    private String messageId;

    @Id
    private int number;

    @Enumerated(EnumType.STRING)
    @Column(name = "trigger_kind")
    private Trigger trigger;

    private Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable String outcome;

    @Enumerated(EnumType.STRING)
    private @Nullable Channel channel;

    @Enumerated(EnumType.STRING)
    private @Nullable Evidence evidence;

    private @Nullable String failureCode;
    private @Nullable String failureDetail;

    @SuppressWarnings("NullAway.Init")
    protected Attempt() {}

    Attempt(Claim claim, Instant startedAt) {
        this.messageId = claim.messageId();
        this.number = claim.number();
        this.trigger = claim.trigger();
        this.startedAt = startedAt;
    }

    /** @throws IllegalStateException if it has ended already: an attempt has one end */
    void end(DeliveryOutcome how, Instant now) {
        if (finishedAt != null) {
            throw new IllegalStateException("attempt " + number + " of " + messageId + " has already ended");
        }
        finishedAt = now;
        if (how instanceof Delivered delivered) {
            outcome = "DELIVERED";
            channel = delivered.channel();
            evidence = delivered.evidence();
            if (delivered.instead() != null) {
                note(delivered.instead().failure());
            }
        } else if (how instanceof NotSent notSent) {
            outcome = "NOT_SENT";
            note(notSent.failure());
        } else if (how instanceof Unconfirmed unconfirmed) {
            outcome = "UNCONFIRMED";
            evidence = unconfirmed.evidence();
            note(unconfirmed.failure());
        }
    }

    /** Whether it has ended, and in this way. */
    boolean hasEndedAs(DeliveryOutcome how) {
        Attempt same = new Attempt();
        same.end(how, Instant.EPOCH);
        return finishedAt != null
                && Objects.equals(outcome, same.outcome)
                && channel == same.channel
                && evidence == same.evidence
                && Objects.equals(failureCode, same.failureCode);
    }

    private void note(Failure why) {
        failureCode = why.code();
        failureDetail = why.detail();
    }

    public int number() {
        return number;
    }

    public Trigger trigger() {
        return trigger;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@code DELIVERED}, {@code NOT_SENT} or {@code UNCONFIRMED}; null while it runs. */
    public @Nullable String outcome() {
        return outcome;
    }

    public @Nullable Channel channel() {
        return channel;
    }

    public @Nullable Evidence evidence() {
        return evidence;
    }

    public @Nullable Failure failure() {
        return failureCode == null ? null : new Failure(failureCode, failureDetail == null ? "" : failureDetail);
    }
}
