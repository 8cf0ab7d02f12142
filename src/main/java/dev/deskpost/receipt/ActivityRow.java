package dev.deskpost.receipt;

import dev.deskpost.recipient.Activity;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an {@link Activity} lies in the database, with what is known of the hooks that told it. */
@Entity
@Table(name = "activity")
class ActivityRow {

    @Id
    private String recipient;

    @Enumerated(EnumType.STRING)
    private Activity.@Nullable State state;

    private @Nullable Instant since;
    private @Nullable Instant until;
    private Instant hooksSeenAt;
    private long receipts;

    @SuppressWarnings("NullAway.Init")
    protected ActivityRow() {}

    ActivityRow(String recipient, Instant hooksSeenAt) {
        this.recipient = recipient;
        this.hooksSeenAt = hooksSeenAt;
    }

    /** What is believed at a time. */
    Optional<Activity> at(Instant now) {
        return state == null || since == null
                ? Optional.empty()
                : Optional.of(new Activity(state, since, until)).filter(activity -> activity.holdsAt(now));
    }

    boolean isBlockedAt(Instant now) {
        return at(now).filter(activity -> activity.state() == Activity.State.BLOCKED)
                .isPresent();
    }

    /** It does that, since then; for how much longer it is believed, is said anew each time. */
    void enter(Activity.State next, Instant now, @Nullable Instant nextUntil) {
        since = at(now).filter(present -> present.state() == next)
                .map(Activity::since)
                .orElse(now);
        state = next;
        until = nextUntil;
    }

    void forget() {
        state = null;
        since = null;
        until = null;
    }

    void hooksSeen(Instant now) {
        hooksSeenAt = now;
    }

    void countReceipt() {
        receipts++;
    }

    String recipient() {
        return recipient;
    }

    HooksSeen hooks() {
        return new HooksSeen(hooksSeenAt, receipts);
    }
}
