package dev.deskpost.message;

import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Of a {@link Message} what was accepted, and never changes after that. */
@MappedSuperclass
public abstract class AcceptedMessage {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "message_seq")
    @SequenceGenerator(name = "message_seq", sequenceName = "message_seq", allocationSize = 1)
    private @Nullable Long seq;

    @Column(updatable = false)
    private String id;

    @Column(updatable = false)
    private String recipient;

    @Column(updatable = false)
    private @Nullable String sender;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Priority priority;

    @Column(updatable = false)
    private String content;

    /** A JSON object. */
    @Column(updatable = false)
    private @Nullable String metadata;

    @Column(updatable = false)
    private int maxAttempts;

    @Column(updatable = false)
    private Instant acceptedAt;

    /** Acceptance in microseconds, less the head start of the priority: the order of service. */
    @Column(updatable = false)
    private long claimRank;

    @Column(updatable = false)
    private @Nullable String broadcast;

    @Column(updatable = false)
    private @Nullable Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    protected AcceptedMessage() {}

    AcceptedMessage(NewMessage wanted, String id, int maxAttempts, @Nullable String broadcast, Instant now) {
        this.id = id;
        this.recipient = wanted.recipient();
        this.sender = wanted.sender();
        this.priority = wanted.priority();
        this.content = wanted.content().text();
        this.metadata = wanted.metadata();
        this.maxAttempts = maxAttempts;
        this.acceptedAt = now;
        this.broadcast = broadcast;
        this.claimRank = ChronoUnit.MICROS.between(
                Instant.EPOCH, now.minus(wanted.priority().headStart()));
        this.expiresAt = wanted.expiresAt();
    }

    long seq() {
        return seq == null ? -1 : seq;
    }

    long claimRank() {
        return claimRank;
    }

    Lane.Key lane() {
        return new Lane.Key(priority, recipient);
    }

    boolean isExpiredAt(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    public @Nullable String broadcast() {
        return broadcast;
    }

    public String id() {
        return id;
    }

    public String recipient() {
        return recipient;
    }

    public @Nullable String sender() {
        return sender;
    }

    public Priority priority() {
        return priority;
    }

    public String content() {
        return content;
    }

    public @Nullable String metadata() {
        return metadata;
    }

    public int maxAttempts() {
        return maxAttempts;
    }

    public Instant acceptedAt() {
        return acceptedAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }
}
