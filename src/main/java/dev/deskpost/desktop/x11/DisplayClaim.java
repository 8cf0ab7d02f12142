package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.ConnectionLost;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right of this process to deliver to a display, which only one has at a time (ADR 11): a lock on a file, and then a
 * manager selection of the X server. The system frees both when the process dies, however that happens.
 *
 * <p>Taken, asked for and released by the holder of the desktop's lock; only {@link #isOurs} may be called by others.
 */
final class DisplayClaim {

    private final LockDirectory directory;
    private volatile int window = XServer.NONE;
    private int selection;
    private @Nullable DisplayLockFile file;

    DisplayClaim(LockDirectory directory) {
        this.directory = directory;
    }

    /**
     * @param listening the connection that is to own the selection. Somebody has to answer those who ask it for the
     *     selection's content, if only with a refusal
     * @param patience how long the server may take to tell its time
     * @throws DesktopTaken if another program delivers to the display
     * @throws DesktopUnavailable if the file cannot be locked
     */
    void take(XServer listening, Duration patience) {
        DisplayName display = listening.display();
        DisplayLockFile locked = DisplayLockFile.take(directory.path(), display);
        try {
            Atoms atoms = new Atoms(listening);
            ManagerSelection manager = new ManagerSelection(listening, atoms, new WindowReader(listening, atoms));
            // Known before it owns anything: who looks in between must not take us for another.
            window = manager.createOwner();
            Optional<Holder> other = manager.take(window, patience);
            if (other.isPresent()) {
                throw other.get().taken(display.toString());
            }
            selection = manager.atom();
            file = locked;
        } catch (RuntimeException e) {
            window = XServer.NONE;
            locked.close();
            throw e;
        }
    }

    /** Whether this owner of the manager selection is the one of this claim. */
    boolean isOurs(int owner) {
        return owner != XServer.NONE && owner == window;
    }

    /** Whether it is still ours. Another program may take the selection, for nothing on an X server is protected. */
    boolean isHeld(XServer server) {
        try {
            return file != null && isOurs(server.selections().owner(selection));
        } catch (ConnectionLost e) {
            return false;
        }
    }

    /** Whether another program has taken the selection: the desktop is in its hands now. */
    boolean isAnothers(XServer server) {
        int owner = server.selections().owner(selection);
        return owner != XServer.NONE && !isOurs(owner);
    }

    /** Gives it back in the reverse order: who finds the file unlocked shall find the selection free. */
    void release(XServer server) {
        int owner = window;
        window = XServer.NONE;
        try {
            if (owner != XServer.NONE && server.isOpen()) {
                server.destroyWindow(owner);
                server.sync();
            }
        } catch (ConnectionLost e) {
            // The selection has gone with the server.
        } finally {
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}
