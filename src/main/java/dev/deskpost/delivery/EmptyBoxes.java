package dev.deskpost.delivery;

import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.WindowId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Input boxes in which no person's draft can stand: in the same session of the desktop we have submitted what stood there,
 * and nobody has touched keyboard or mouse since. There is no need to look for a draft, which some programs take their time
 * for.
 *
 * <p>Used by the executor's thread alone.
 */
final class EmptyBoxes {

    /** When the box was left, in {@link System#nanoTime}. */
    private final Map<WindowId, Long> leftAt = new HashMap<>();

    private @Nullable DesktopSession during;

    /** The text in this window's box was submitted, and nothing was put there after it. */
    void leftEmpty(Target target, DesktopSession session) {
        forgetOthersThan(session);
        leftAt.put(target.id(), System.nanoTime());
    }

    /** Whether it still is as we left it. What comes now changes that: until it is left empty again, it is not known. */
    boolean take(Target target, DesktopSession session) {
        forgetOthersThan(session);
        Long since = leftAt.remove(target.id());
        return since != null && !session.presence().wasHereSince(since);
    }

    /** Between two sessions text may come into a box in ways that are not seen: by dictation, or from the program. */
    private void forgetOthersThan(DesktopSession session) {
        if (during != session) {
            leftAt.clear();
            during = session;
        }
    }
}
