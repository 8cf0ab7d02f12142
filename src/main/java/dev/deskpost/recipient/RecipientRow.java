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

    /** It has an inbox and no window. */
    @SuppressWarnings("UnusedVariable") // Read by queries.
    private boolean windowless;

    /** Whose executor delivers to it. */
    private String station;

    @Column(name = "settings")
    private String settings;

    /** Null while it is new, so that a second one of the same id is refused and not merged into the first. */
    @Version
    private @Nullable Integer version;

    @SuppressWarnings("NullAway.Init")
    protected RecipientRow() {}

    RecipientRow(String id, RecipientSettings wanted, String station, String settings) {
        this.id = id;
        replace(wanted, station, settings);
    }

    String id() {
        return id;
    }

    String settings() {
        return settings;
    }

    /** @param written the settings as they are stored */
    final void replace(RecipientSettings wanted, String nowStation, String written) {
        this.enabled = wanted.enabled() == null || wanted.enabled();
        this.windowless = wanted.window() == null;
        this.station = nowStation;
        this.settings = written;
    }

    String station() {
        return station;
    }

    boolean isEnabled() {
        return enabled;
    }
}
