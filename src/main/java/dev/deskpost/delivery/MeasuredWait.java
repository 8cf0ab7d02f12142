package dev.deskpost.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** What was measured of one kind of wait on one desktop, for the next start. */
@Entity
@Table(name = "timing")
@IdClass(MeasuredWait.Key.class)
class MeasuredWait {

    /** A desktop and a kind of wait. */
    record Key(String desktop, String name) implements Serializable {}

    @Id
    private String desktop;

    @Id
    private String name;

    private String measured;
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected MeasuredWait() {}

    MeasuredWait(String desktop, String name, String measured, Instant updatedAt) {
        this.desktop = desktop;
        this.name = name;
        this.measured = measured;
        this.updatedAt = updatedAt;
    }

    String measured() {
        return measured;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
