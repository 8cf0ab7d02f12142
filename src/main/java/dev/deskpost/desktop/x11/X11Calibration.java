package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Calibration;
import dev.deskpost.desktop.Calibration.Measured;
import dev.deskpost.desktop.Calibration.NotMeasured;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.Input;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.Windows;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Delivers a text to a small window of our own and takes the time: the same window manager, server and protocol as in a
 * real delivery, with a program that answers at once.
 *
 * <p>The window belongs to a connection of its own, as that of another program would, and the text is offered on a
 * selection of its own: what the person has on the clipboard stays there.
 */
final class X11Calibration {

    private static final String SELECTION = "_DESKPOST_CALIBRATION";

    /** Every layout has these keys; the window takes any for paste keys. */
    private static final KeyChord KEYS = KeyChord.parse("shift+insert");

    /** Those that are pressed would take PRIMARY as well. */
    private static final KeyChord ORDINARY_PASTE = KeyChord.parse("ctrl+v");

    private final Supplier<XServer> connect;
    private final WindowReader reader;
    private final Windows windows;
    private final Input input;
    private final X11Settings settings;

    X11Calibration(Supplier<XServer> connect, WindowReader reader, Windows windows, Input input, X11Settings settings) {
        this.connect = connect;
        this.reader = reader;
        this.windows = windows;
        this.input = input;
        this.settings = settings;
    }

    /** @param limit how long each step may take */
    Calibration run(Duration limit) {
        Optional<Window> before = reader.read(new WindowId(Integer.toUnsignedLong(reader.activeWindow())));
        try (CalibrationWindow own = new CalibrationWindow(connect.get())) {
            long shown = System.nanoTime();
            if (!own.show(limit, settings.activationRepeat())) {
                return new NotMeasured("the window manager does not show it");
            }
            Optional<Target> target = reader.read(own.id()).map(X11Calibration::pinned);
            if (target.isEmpty()) {
                return new NotMeasured("it has vanished");
            }
            try {
                return measure(own, target.get(), shown, limit);
            } finally {
                before.ifPresent(had -> giveFocusBack(target.get(), pinned(had), limit));
            }
        }
    }

    /** What a window manager did unasked when the window appeared is measured from there. */
    private Calibration measure(CalibrationWindow own, Target target, long shown, Duration limit) {
        Point middle = middle(target.window().bounds());
        boolean wasOnTop = windows.hit(target, middle, Duration.ZERO) == Verdict.HELD;
        boolean wasFocused = windows.check(target) == Verdict.HELD;
        long asked = System.nanoTime();
        Verdict onTop = windows.hit(target, middle, limit);
        Duration activate = since(wasOnTop ? shown : asked);
        if (onTop != Verdict.HELD) {
            return new NotMeasured("it did not come to the top: " + onTop);
        }
        Verdict focused = windows.focus(target, limit);
        Duration focus = since(wasFocused ? shown : asked);
        if (focused != Verdict.HELD) {
            return new NotMeasured("it did not get the focus: " + focused);
        }
        return fetch(own, target, limit)
                .<Calibration>map(fetch -> new Measured(activate, focus, fetch))
                .orElseGet(() -> new NotMeasured("it did not get the text after its paste keys"));
    }

    private Optional<Duration> fetch(CalibrationWindow own, Target target, Duration limit) {
        XServer server = connect.get();
        Atoms atoms = new Atoms(server);
        WindowReader itsReader = new WindowReader(server, atoms);
        try (X11Clipboard clipboard = new X11Clipboard(
                        server,
                        atoms,
                        itsReader,
                        SELECTION,
                        Duration.ZERO,
                        settings.replyLimit(),
                        settings.clipboardRead());
                Offer offer = clipboard.offer(
                        ClipboardContent.ofText("Deskpost measures how long this takes"), target, ORDINARY_PASTE)) {
            offer.expectPaste();
            if (press(target, limit) != Verdict.HELD) {
                return Optional.empty();
            }
            long pressed = System.nanoTime();
            if (!own.fetchOnKey(SELECTION, limit)) {
                return Optional.empty();
            }
            Duration took = since(pressed);
            return offer.awaitFetch(limit).isRead() ? Optional.of(took) : Optional.empty();
        }
    }

    /** Who had the focus before may ask for it once more: a race that is run again. */
    private Verdict press(Target target, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Verdict pressed = input.press(target, List.of(KEYS));
        for (long left = limit.toNanos();
                pressed == Verdict.FOCUS_ELSEWHERE && left > 0;
                left = end - System.nanoTime()) {
            Verdict focused = windows.focus(target, Duration.ofNanos(left));
            pressed = focused == Verdict.HELD ? input.press(target, List.of(KEYS)) : focused;
        }
        return pressed;
    }

    /** Only while nobody else has taken it. */
    private void giveFocusBack(Target own, Target before, Duration limit) {
        if (windows.check(own) == Verdict.HELD) {
            windows.focus(before, limit);
        }
    }

    /** Not by the title, which a program may change at any time. */
    private static Target pinned(Window window) {
        return new Target(window, WindowSelector.of(null, window.windowClass(), null));
    }

    private static Point middle(Bounds bounds) {
        return new Point(bounds.x() + bounds.width() / 2, bounds.y() + bounds.height() / 2);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
