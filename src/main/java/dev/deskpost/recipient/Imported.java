package dev.deskpost.recipient;

import dev.deskpost.desktop.Monitor;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import has done, or would do.
 *
 * @param monitors as the desktop has them; the file's coordinates count from the primary one's corner
 */
public record Imported(List<Monitor> monitors, List<Result> agents) {

    public Imported {
        monitors = List.copyOf(monitors);
        agents = List.copyOf(agents);
    }

    /** What became of an agent. */
    public enum Outcome {
        /** It is a recipient now. */
        ADDED,
        /** It stands in the place of a recipient of this id. */
        REPLACED,
        /** There is a recipient of this id already, and nobody asked to replace it. */
        KEPT,
        /** No recipient could be made; the reason says why. */
        NOT_LEARNED
    }

    /** Why an agent's window could not be learned. */
    public enum Reason {
        /** The file has 0,0, which is what it holds where nobody has captured a place. */
        NOT_SET,
        /** No monitor reaches there. */
        OFF_SCREEN,
        /** No window stands there; maybe a frame, a panel or the bare desktop. */
        NO_WINDOW,
        /** No rule tells this window from the others. */
        NOT_UNIQUE,
        /** Another agent's place lies in the same window, and nothing tells them apart. */
        SAME_WINDOW,
        /** What the window says of itself cannot be part of a rule. */
        UNUSABLE
    }

    /**
     * One agent of the file.
     *
     * @param place on the screen, as the desktop counts
     * @param window what stands there
     * @param settings what was learned, also where it was not written down
     */
    public record Result(
            String agent,
            String recipient,
            Outcome outcome,
            Point place,
            @Nullable Window window,
            @Nullable RecipientSettings settings,
            @Nullable Reason reason,
            @Nullable String detail) {}
}
