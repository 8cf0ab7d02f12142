package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Calibration;
import dev.deskpost.desktop.DesktopLock;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.Windows;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desktop in the hands of one holder. Belongs to the thread that acquired it, as the lock does. */
final class X11Session implements DesktopSession {

    private static final Logger log = LoggerFactory.getLogger(X11Session.class);

    private final X11Link link;
    private final DesktopLock lock;
    private boolean closed;

    X11Session(X11Link link, DesktopLock lock) {
        this.link = link;
        this.lock = lock;
        link.beginSession();
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
    public Presence presence() {
        return open().presence();
    }

    @Override
    public Calibration calibrate(Duration limit) {
        return open().calibration().run(limit);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            link.endSession();
        } catch (DesktopUnavailable e) {
            log.info("Focus, pointer and clipboard may not be as they were: {}", e.reason());
        } catch (RuntimeException e) {
            log.warn("Focus, pointer and clipboard may not be as they were", e);
        } finally {
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
