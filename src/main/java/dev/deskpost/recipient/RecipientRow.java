package dev.deskpost.recipient;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** How a recipient lies in the database: its settings as one JSON document, and beside it what queries ask for. */
@Entity
@Table(name = "recipient")
class RecipientRow {

    @Id
    private String id;

    private boolean enabled;

    @Column(name = "settings")
    private String settings;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init")
    protected RecipientRow() {}

    RecipientRow(String id, boolean enabled, String settings) {
        this.id = id;
        this.enabled = enabled;
        this.settings = settings;
    }

    String id() {
        return id;
    }

    String settings() {
        return settings;
    }

    void replace(boolean nowEnabled, String nowSettings) {
        this.enabled = nowEnabled;
        this.settings = nowSettings;
    }

    boolean isEnabled() {
        return enabled;
    }
}
