package dev.deskpost.receipt;

import dev.deskpost.recipient.Activity;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an {@link Activity} lies in the database, with what is known of the hooks that told it. */
@Entity
@Table(name = "activity")
class ActivityRow {

    /** As many sessions are told apart, the last ones; more would be somebody's joke. */
    private static final int SESSIONS = 8;

    @Id
    private String recipient;

    @Enumerated(EnumType.STRING)
    private Activity.@Nullable State state;

    private @Nullable Instant since;
    private @Nullable Instant until;
    private Instant hooksSeenAt;
    private long receipts;

    /** The sessions that show a question, with blanks between them; null if there is none, or nobody knows which. */
    private @Nullable String blockedBy;

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

    /** It shows a question, in that session; maybe beside those of others. */
    void block(@Nullable String session, Instant now, Instant nextUntil) {
        Set<String> sessions = isBlockedAt(now) ? sessions() : new LinkedHashSet<>();
        if (session != null) {
            sessions.remove(session);
            sessions.add(session);
        }
        enter(Activity.State.BLOCKED, now, nextUntil);
        keep(sessions);
    }

    /** A session shows no question any more; null if all do not. @return whether no other one does */
    boolean unblock(@Nullable String session) {
        Set<String> sessions = sessions();
        if (session == null || sessions.isEmpty()) {
            return true;
        }
        boolean known = sessions.remove(session);
        keep(sessions);
        return known && sessions.isEmpty();
    }

    private Set<String> sessions() {
        return blockedBy == null ? new LinkedHashSet<>() : new LinkedHashSet<>(List.of(blockedBy.split(" ")));
    }

    private void keep(Set<String> sessions) {
        List<String> last = List.copyOf(sessions);
        blockedBy = last.isEmpty()
                ? null
                : String.join(" ", last.subList(Math.max(0, last.size() - SESSIONS), last.size()));
    }

    /** It does that, since then; for how much longer it is believed, is said anew each time. */
    void enter(Activity.State next, Instant now, @Nullable Instant nextUntil) {
        since = at(now).filter(present -> present.state() == next)
                .map(Activity::since)
                .orElse(now);
        state = next;
        until = nextUntil;
        blockedBy = null;
    }

    void forget() {
        state = null;
        since = null;
        until = null;
        blockedBy = null;
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
