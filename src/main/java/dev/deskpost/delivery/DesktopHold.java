package dev.deskpost.delivery;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Presence;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The desktop as the executor holds it: over all messages that are due one after the other, so that focus, pointer and
 * clipboard are put back once and not between any two. Whoever waits for the desktop is let in between two messages.
 *
 * <p>Used by the executor's thread alone.
 */
@Component
class DesktopHold {

    private final Desktop desktop;
    private final DeliveryProperties properties;
    private @Nullable DesktopSession session;

    DesktopHold(Desktop desktop, DeliveryProperties properties) {
        this.desktop = desktop;
        this.properties = properties;
    }

    boolean isHeld() {
        return session != null;
    }

    /**
     * The session that is held, or a new one.
     *
     * @return empty if another holder did not give the desktop back in time
     * @throws dev.deskpost.desktop.DesktopUnavailable if there is no desktop
     */
    Optional<DesktopSession> session() {
        if (session == null) {
            session = desktop.acquire(properties.desktopPatience()).orElse(null);
        }
        return Optional.ofNullable(session);
    }

    /**
     * What somebody is doing at the desk; waits a while for them to stop.
     *
     * @return empty if the desktop was not to be had
     */
    Optional<Presence.Use> awaitFree(Duration limit) {
        return session().map(held -> held.presence().awaitFree(properties.quietPeriod(), limit));
    }

    void letOthersIn() {
        if (desktop.isAwaited()) {
            release();
        }
    }

    void release() {
        DesktopSession held = session;
        session = null;
        if (held != null) {
            held.close();
        }
    }
}
