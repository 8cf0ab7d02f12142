package dev.deskpost.desktop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A desktop that exists in memory only, for the logic above it. It keeps to the same contract as the real ones
 * ({@code DesktopContract}), and may be played with while another thread delivers. Its programs are chat windows: {@code ctrl+v} pastes, {@code enter} submits.
 */
public final class InMemoryDesktop implements Desktop {

    private static final Bounds SCREEN = new Bounds(0, 0, 1600, 1000);

    /** How quick it says it is. */
    public static final Calibration.Measured CALIBRATION =
            new Calibration.Measured(Duration.ofMillis(4), Duration.ofMillis(6), Duration.ofMillis(3));

    private final DesktopLock lock = new DesktopLock();
    private final List<ChatWindow> stack = new CopyOnWriteArrayList<>();
    private volatile @Nullable ChatWindow focused;
    private volatile @Nullable MemoryOffer offer;
    private volatile @Nullable String reason;
    private long nextId = 0x400001;
    private volatile Consumer<KeyChord> beforeKeys = keys -> {};
    private volatile Consumer<KeyChord> afterKeys = keys -> {};
    private volatile boolean refusesFocus;

    /** One chat window and what it got. */
    public static final class ChatWindow {
        private final long id;
        private volatile String title;
        private volatile Bounds bounds;
        private final StringBuffer input = new StringBuffer();
        private final List<String> submitted = new CopyOnWriteArrayList<>();
        private final List<KeyChord> keys = new CopyOnWriteArrayList<>();
        private volatile boolean fetches = true;

        private ChatWindow(long id, String title, Bounds bounds) {
            this.id = id;
            this.title = title;
            this.bounds = bounds;
        }

        public void title(String now) {
            title = now;
        }

        public void bounds(Bounds now) {
            bounds = now;
        }

        /** Somebody left a text in the input box. */
        public void leaveText(String text) {
            input.append(text);
        }

        /** From now on it ignores the paste keys. */
        public void neverFetches() {
            fetches = false;
        }

        public List<String> submitted() {
            return List.copyOf(submitted);
        }

        public List<KeyChord> keys() {
            return List.copyOf(keys);
        }

        public String input() {
            return input.toString();
        }

        private Window seen(boolean active) {
            return new Window(new WindowId(id), title, "Chat", 4711L, "chat", Instant.EPOCH, bounds, active);
        }
    }

    public ChatWindow open(String title) {
        int column = stack.size();
        ChatWindow window = new ChatWindow(nextId++, title, new Bounds(10 + 150 * column, 10, 140, 400));
        stack.add(window);
        focused = window;
        return window;
    }

    public void close(ChatWindow window) {
        stack.remove(window);
        if (focused == window) {
            focused = null;
        }
    }

    /** Somebody activates a window. */
    public void activate(ChatWindow window) {
        stack.remove(window);
        stack.add(window);
        focused = window;
    }

    /** A window has the focus and stays where it is in the stack. */
    public void focusWithoutRaising(ChatWindow window) {
        focused = window;
    }

    /** Another program takes the clipboard. */
    public void takeClipboard() {
        if (offer != null) {
            offer.taken = true;
            offer = null;
        }
    }

    /** From now on the window manager ignores wishes for focus. */
    public void refuseFocus() {
        refusesFocus = true;
    }

    /** The desktop is gone, or back with null. */
    public void unavailable(@Nullable String why) {
        reason = why;
    }

    /** Runs before keys are pressed: where a hostile program has its chance. */
    public void beforeKeys(Consumer<KeyChord> what) {
        beforeKeys = what;
    }

    /** Runs after keys were pressed. */
    public void afterKeys(Consumer<KeyChord> what) {
        afterKeys = what;
    }

    @Override
    public DesktopStatus status() {
        return reason == null
                ? DesktopStatus.available("memory", "memory")
                : DesktopStatus.unavailable("memory", "memory", reason);
    }

    @Override
    public List<Window> windows() {
        requireAvailable();
        return stack.stream().map(window -> window.seen(window == focused)).toList();
    }

    @Override
    public Optional<DesktopSession> acquire(Duration patience) {
        if (!lock.acquire(patience)) {
            return Optional.empty();
        }
        if (reason != null) {
            lock.release();
            throw new DesktopUnavailable(reason);
        }
        return Optional.of(new Session());
    }

    private void requireAvailable() {
        if (reason != null) {
            throw new DesktopUnavailable(reason);
        }
    }

    private final class Session implements DesktopSession, Windows, Input, GuardedClipboard {

        private boolean closed;

        @Override
        public Windows windows() {
            return open();
        }

        @Override
        public GuardedClipboard clipboard() {
            return open();
        }

        @Override
        public Input input() {
            return open();
        }

        @Override
        public Calibration calibrate(Duration limit) {
            open();
            return CALIBRATION;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                lock.release();
            }
        }

        @Override
        public List<Window> all() {
            return InMemoryDesktop.this.windows();
        }

        @Override
        public Verdict focus(Target target, Duration limit) {
            Verdict now = check(target);
            if (now != Verdict.FOCUS_ELSEWHERE || refusesFocus) {
                return now;
            }
            find(target).ifPresent(InMemoryDesktop.this::activate);
            return check(target);
        }

        @Override
        public Verdict check(Target target) {
            return judge(target, window -> window == focused ? Verdict.HELD : Verdict.FOCUS_ELSEWHERE);
        }

        @Override
        public Verdict hit(Target target, Point point, Duration limit) {
            Verdict now = under(target, point);
            if (now != Verdict.COVERED || refusesFocus || limit.isZero()) {
                return now;
            }
            find(target).ifPresent(InMemoryDesktop.this::activate);
            return under(target, point);
        }

        @Override
        public Optional<Bounds> bounds(Target target) {
            return find(target).map(window -> window.bounds);
        }

        @Override
        public Bounds screen() {
            return SCREEN;
        }

        @Override
        public Verdict click(Target target, Point point, Duration limit) {
            Verdict verdict = under(target, point);
            if (verdict == Verdict.HELD) {
                find(target).ifPresent(InMemoryDesktop.this::activate);
            }
            return verdict;
        }

        @Override
        public Verdict press(Target target, KeyChord keys) {
            beforeKeys.accept(keys);
            Verdict verdict = check(target);
            if (verdict == Verdict.HELD) {
                find(target).ifPresent(window -> type(window, keys));
                afterKeys.accept(keys);
            }
            return verdict;
        }

        @Override
        public Offer offer(String text, Target target) {
            requireAvailable();
            takeClipboard();
            offer = new MemoryOffer(text);
            return offer;
        }

        private Verdict under(Target target, Point point) {
            return judge(target, window -> {
                if (!window.bounds.contains(point)) {
                    return Verdict.OUTSIDE;
                }
                List<ChatWindow> there = stack.stream()
                        .filter(other -> other.bounds.contains(point))
                        .toList();
                return there.get(there.size() - 1) == window ? Verdict.HELD : Verdict.COVERED;
            });
        }

        private Verdict judge(Target target, Function<ChatWindow, Verdict> condition) {
            requireAvailable();
            Optional<ChatWindow> window = find(target);
            if (window.isEmpty()) {
                return Verdict.GONE;
            }
            return target.isStill(window.get().seen(false)) ? condition.apply(window.get()) : Verdict.CHANGED;
        }

        private Optional<ChatWindow> find(Target target) {
            return stack.stream()
                    .filter(window -> window.id == target.id().value())
                    .findFirst();
        }

        private Session open() {
            if (closed) {
                throw new IllegalStateException("the desktop session is closed");
            }
            return this;
        }
    }

    private void type(ChatWindow window, KeyChord keys) {
        window.keys.add(keys);
        switch (keys.toString()) {
            case "ctrl+v" -> {
                if (window.fetches && offer != null) {
                    window.input.append(offer.text);
                    offer.fetched |= offer.pasteExpected;
                }
            }
            case "enter", "ctrl+enter" -> {
                window.submitted.add(window.input.toString());
                window.input.setLength(0);
            }
            case "delete" -> window.input.setLength(0);
            default -> {
                // Other keys change nothing here.
            }
        }
    }

    private final class MemoryOffer implements GuardedClipboard.Offer {

        private final String text;
        private boolean pasteExpected;
        private boolean fetched;
        private boolean taken;

        MemoryOffer(String text) {
            this.text = text;
        }

        @Override
        public void expectPaste() {
            pasteExpected = true;
            fetched = false;
        }

        @Override
        public GuardedClipboard.Fetch awaitFetch(Duration limit) {
            return taken
                    ? GuardedClipboard.Fetch.TAKEN
                    : fetched ? GuardedClipboard.Fetch.FETCHED : GuardedClipboard.Fetch.NOT_FETCHED;
        }

        @Override
        public boolean taken() {
            return taken;
        }

        @Override
        public boolean staysFor(Duration time) {
            return !taken;
        }

        @Override
        public boolean revoke() {
            close();
            return !fetched;
        }

        @Override
        public void close() {
            if (offer == this) {
                offer = null;
            }
        }
    }
}
