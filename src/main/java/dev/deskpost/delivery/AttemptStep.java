package dev.deskpost.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** One step of an attempt and when it was done. Rows are only added. */
@Entity
@Table(name = "attempt_step")
@IdClass(AttemptStep.Key.class)
public class AttemptStep {

    /** An attempt and the position in it, from 0. */
    public record Key(String messageId, int number, int position) implements Serializable {}

    @Id
    private String messageId;

    @Id
    private int number;

    @Id
    private int position;

    @Enumerated(EnumType.STRING)
    private Step step;

    private Instant at;

    @SuppressWarnings("NullAway.Init")
    protected AttemptStep() {}

    AttemptStep(String messageId, int number, int position, Step step, Instant at) {
        this.messageId = messageId;
        this.number = number;
        this.position = position;
        this.step = step;
        this.at = at;
    }

    public int number() {
        return number;
    }

    public Step step() {
        return step;
    }

    public Instant at() {
        return at;
    }
}
