package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Calibration;
import dev.deskpost.desktop.DesktopLock;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Windows;
import java.time.Duration;

/** The desktop in the hands of one delivery. Belongs to the thread that acquired it, as the lock does. */
final class X11Session implements DesktopSession {

    private final X11Link link;
    private final DesktopLock lock;
    private boolean closed;

    X11Session(X11Link link, DesktopLock lock) {
        this.link = link;
        this.lock = lock;
    }

    @Override
    public Windows windows() {
        return open().windows();
    }

    @Override
    public GuardedClipboard clipboard() {
        return open().clipboard();
    }

    @Override
    public Input input() {
        return open().input();
    }

    @Override
    public Calibration calibrate(Duration limit) {
        return open().calibration().run(limit);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lock.release();
        }
    }

    private X11Link open() {
        if (closed) {
            throw new IllegalStateException("the desktop session is closed");
        }
        return link;
    }
}
