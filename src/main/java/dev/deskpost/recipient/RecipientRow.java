package dev.deskpost.recipient;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** How a recipient lies in the database: its settings as one JSON document, and beside it what queries ask for. */
@Entity
@Table(name = "recipient")
class RecipientRow {

    @Id
    private String id;

    private boolean enabled;

    /** Whose executor delivers to it. */
    private String station;

    @Column(name = "settings")
    private String settings;

    /** Null while it is new, so that a second one of the same id is refused and not merged into the first. */
    @Version
    private @Nullable Integer version;

    @SuppressWarnings("NullAway.Init")
    protected RecipientRow() {}

    RecipientRow(String id, boolean enabled, String station, String settings) {
        this.id = id;
        this.enabled = enabled;
        this.station = station;
        this.settings = settings;
    }

    String id() {
        return id;
    }

    String settings() {
        return settings;
    }

    void replace(boolean nowEnabled, String nowStation, String nowSettings) {
        this.enabled = nowEnabled;
        this.station = nowStation;
        this.settings = nowSettings;
    }

    String station() {
        return station;
    }

    boolean isEnabled() {
        return enabled;
    }
}
