package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was measured on each desktop, in the database. */
@Component
class MeasuredWaits {

    private final EntityManager entities;
    private final Clock clock;

    MeasuredWaits(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** What was kept of this desktop, if anything was. */
    @Transactional(readOnly = true)
    public Map<Wait, String> of(String desktop) {
        Map<Wait, String> kept = new EnumMap<>(Wait.class);
        for (Wait wait : Wait.values()) {
            MeasuredWait row = entities.find(MeasuredWait.class, new MeasuredWait.Key(desktop, wait.key()));
            if (row != null) {
                kept.put(wait, row.measured());
            }
        }
        return kept;
    }

    @Transactional
    public void keep(String desktop, Map<Wait, String> measured) {
        measured.forEach((wait, text) -> entities.merge(new MeasuredWait(desktop, wait.key(), text, clock.instant())));
    }
}
