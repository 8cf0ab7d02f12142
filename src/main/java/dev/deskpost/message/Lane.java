package dev.deskpost.message;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one recipient and priority, which never overtake each other. Only the first of them can be taken, and
 * while it waits for another try or is being delivered, the others wait behind it. Whoever moves a message of the lane
 * holds the lane's row.
 */
@Entity
@Table(name = "lane")
@IdClass(Lane.Key.class)
@DynamicUpdate
@SuppressWarnings("UnusedVariable") // Its figures are read by queries.
class Lane {

    /** Ordered as rows are locked, so that two who lock several do not wait for each other. */
    record Key(Priority priority, String recipient) implements Serializable {}

    @Id
    private String recipient;

    @Id
    @Enumerated(EnumType.STRING)
    private Priority priority;

    private int pending;
    private int failed;
    private int unconfirmed;

    /** Its first message is being delivered. */
    private boolean taken;

    private @Nullable Long head;
    private @Nullable Long headRank;
    private @Nullable Instant headSince;
    private @Nullable Instant dueAt;

    @SuppressWarnings("NullAway.Init")
    protected Lane() {}

    Lane(Key key) {
        this.recipient = key.recipient();
        this.priority = key.priority();
    }

    /**
     * A message of the lane, as the lane sees it.
     *
     * @param waitsSince since when its sender, or the person who has it tried again, waits for it
     */
    record Place(
            long seq,
            long rank,
            Instant waitsSince,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant expiresAt) {

        /** When it is to be looked at: to be tried, or because its time is up. */
        @Nullable
        Instant dueAt() {
            boolean expiresFirst = expiresAt != null && (nextAttemptAt == null || expiresAt.isBefore(nextAttemptAt));
            return expiresFirst ? expiresAt : nextAttemptAt;
        }
    }

    /** Whether this is the message that can be taken now. */
    boolean offers(long seq, Instant now) {
        return !taken && head != null && head == seq && dueAt != null && !dueAt.isAfter(now);
    }

    void take() {
        taken = true;
    }

    void release() {
        taken = false;
    }

    /** A message has come into it: to its end, unless one was quicker that was numbered after it. */
    void admit(Place place) {
        if (head == null || place.seq() < head) {
            leadWith(place);
        }
    }

    /** @param first the first message that stands in it; null if none does */
    void leadWith(@Nullable Place first) {
        if (taken) {
            return;
        }
        head = first == null ? null : first.seq();
        headRank = first == null ? null : first.rank();
        headSince = first == null ? null : first.waitsSince();
        dueAt = first == null ? null : first.dueAt();
    }

    /** Its first message is held back until then, or until its own time is up. */
    void lookAgainAt(Instant when, Place first) {
        Instant expiresAt = first.expiresAt();
        dueAt = expiresAt != null && expiresAt.isBefore(when) ? expiresAt : when;
    }

    /** A message of it has moved; null where there was none, or is none any more. */
    void count(@Nullable MessageState from, @Nullable MessageState to) {
        add(from, -1);
        add(to, 1);
    }

    private void add(@Nullable MessageState state, int difference) {
        if (state == MessageState.PENDING) {
            pending += difference;
        } else if (state == MessageState.FAILED) {
            failed += difference;
        } else if (state == MessageState.UNCONFIRMED) {
            unconfirmed += difference;
        }
    }

    /** The message that is being delivered; null if none is. */
    @Nullable
    Long takenSeq() {
        return taken ? head : null;
    }

    String recipient() {
        return recipient;
    }

    Priority priority() {
        return priority;
    }
}
