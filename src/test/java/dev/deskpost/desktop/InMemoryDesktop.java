package dev.deskpost.desktop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A desktop that exists in memory only, for the logic above it. It keeps to the same contract as the real ones
 * ({@code DesktopContract}), and may be played with while another thread delivers. Its programs are chat windows: {@code ctrl+a},
 * {@code ctrl+c} and {@code ctrl+v} select, copy and paste, {@code enter} submits.
 */
public final class InMemoryDesktop implements Desktop {

    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final Bounds SCREEN = new Bounds(0, 0, 1600, 1000);

    /** How quick it says it is. */
    public static final Calibration.Measured CALIBRATION =
            new Calibration.Measured(Duration.ofMillis(4), Duration.ofMillis(6), Duration.ofMillis(3));

    private final DesktopLock lock = new DesktopLock();
    private final Object presence = new Object();
    private final List<Duration> stays = new CopyOnWriteArrayList<>();
    private final List<ChatWindow> stack = new CopyOnWriteArrayList<>();
    private volatile @Nullable ChatWindow focused;
    private volatile @Nullable MemoryOffer offer;
    private volatile @Nullable MemoryOffer latestOffer;
    private volatile @Nullable DesktopUnavailable why;
    private volatile Runnable beforeStatus = () -> {};
    private long nextId = 0x400001;
    private volatile @Nullable ClipboardContent foreign;
    private volatile Presence.Use use = Presence.Use.FREE;
    private volatile boolean keyboardGrabbed;
    private volatile Runnable beforeClicks = () -> {};
    private volatile Consumer<KeyChord> beforeKeys = keys -> {};
    private volatile Consumer<KeyChord> afterKeys = keys -> {};
    private volatile boolean refusesFocus;
    private volatile boolean copiedByUs;
    private volatile @Nullable ChatWindow copier;
    private volatile List<Monitor> monitors = List.of(new Monitor("memory", SCREEN, true));
    private volatile Set<String> missingKeys = Set.of();

    /** One chat window and what it got. */
    public static final class ChatWindow {

        private final long id;
        private volatile String title;
        private volatile Bounds bounds;
        private final StringBuffer input = new StringBuffer();
        private final List<String> submitted = new CopyOnWriteArrayList<>();
        private final List<KeyChord> keys = new CopyOnWriteArrayList<>();
        private volatile String windowClass = "Chat";
        private volatile boolean fetches = true;
        private volatile boolean handsOver = true;
        private volatile boolean copies = true;
        private volatile boolean ignoresPaste;
        private volatile boolean readsAhead;
        private volatile @Nullable String pastedAs;
        private final Queue<KeyChord> waiting = new ConcurrentLinkedQueue<>();
        private volatile @Nullable MemoryOffer readAhead;
        private volatile boolean allSelected;
        private volatile long typedAt = System.nanoTime();

        private ChatWindow(long id, String title, Bounds bounds) {
            this.id = id;
            this.title = title;
            this.bounds = bounds;
        }

        public void title(String now) {
            title = now;
        }

        public void windowClass(String now) {
            windowClass = now;
        }

        public void bounds(Bounds now) {
            bounds = now;
        }

        /** A person types. */
        public void leaveText(String text) {
            typedAt = System.nanoTime();
            input.append(text);
        }

        /** From now on it ignores the paste keys, and those that copy. */
        public void neverFetches() {
            fetches = false;
        }

        /**
         * From now on it reads the clipboard ahead when the paste keys come, as browsers do, and works the keys off when
         * somebody waits for it. If the clipboard has changed by then it drops the paste.
         */
        public void readsAhead() {
            readsAhead = true;
        }

        /** From now on what is pasted becomes something else. */
        public void pastesAs(String text) {
            pastedAs = text;
        }

        /** From now on its page makes nothing of a paste, and does not even read it. */
        public void ignoresPaste() {
            ignoresPaste = true;
        }

        /** From now on the copy keys do nothing. */
        public void cannotBeCopied() {
            copies = false;
        }

        /** Whether it gives what it has copied to whoever asks. */
        public void handsOver(boolean now) {
            handsOver = now;
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
            return new Window(new WindowId(id), title, windowClass, 4711L, "chat", Instant.EPOCH, bounds, active);
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
        takeClipboard("taken");
    }

    public void takeClipboard(String text) {
        foreign = ClipboardContent.ofText(text);
        copiedByUs = false;
        if (offer != null) {
            offer.taken = true;
            offer = null;
        }
    }

    /** What a program gets that reads the clipboard while nothing is delivered. */
    public Optional<String> clipboard() {
        return Optional.ofNullable(foreign).flatMap(ClipboardContent::text);
    }

    /** What a person does at the desk from now on. */
    public void use(Presence.Use now) {
        synchronized (presence) {
            use = now;
            presence.notifyAll();
        }
    }

    private Presence.Use awaitUse(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (presence) {
            for (long left = limit.toMillis();
                    left > 0 && use != Presence.Use.FREE && use != Presence.Use.CORNER;
                    left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    presence.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return use;
                }
            }
            return use;
        }
    }

    /** From now on the window manager ignores wishes for focus. */
    public void refuseFocus() {
        refusesFocus = true;
    }

    public void monitors(Monitor... now) {
        monitors = List.of(now);
    }

    /** The keyboard layout has no such keys. */
    public void lackKeys(String... keys) {
        missingKeys = Set.of(keys);
    }

    /** The window that has the focus, or null. */
    public @Nullable ChatWindow focused() {
        return focused;
    }

    /** The desktop is gone, or back with null. */
    public void unavailable(@Nullable String reason) {
        why = reason == null ? null : new DesktopUnavailable(reason);
    }

    /** Another program delivers to it. */
    public void takenByAnother(String reason) {
        why = new DesktopTaken(reason);
    }

    /** An open menu or a screen locker gets the keys, or does not any more. */
    public void grabKeyboard(boolean grabbed) {
        keyboardGrabbed = grabbed;
    }

    /** How long the clipboard was asked to stay, each time. */
    public List<Duration> stays() {
        return List.copyOf(stays);
    }

    /** Runs before keys are pressed: where a hostile program has its chance. */
    public void beforeKeys(Consumer<KeyChord> what) {
        beforeKeys = what;
    }

    /** Runs before a click: where a tiling window manager has its chance. */
    public void beforeClicks(Runnable what) {
        beforeClicks = what;
    }

    /** Runs after keys were pressed. */
    public void afterKeys(Consumer<KeyChord> what) {
        afterKeys = what;
    }

    /** Runs before each look at the status: where an X server that hangs lets people wait. */
    public void beforeStatus(Runnable what) {
        beforeStatus = what;
    }

    @Override
    public DesktopStatus status() {
        beforeStatus.run();
        DesktopUnavailable now = why;
        return now == null
                ? DesktopStatus.available("memory", "memory")
                : DesktopStatus.unavailable("memory", "memory", now);
    }

    @Override
    public LockFigures lockFigures() {
        return lock.figures();
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
        try {
            requireAvailable();
        } catch (DesktopUnavailable e) {
            lock.release();
            throw e;
        }
        return Optional.of(new Session());
    }

    private void requireAvailable() {
        DesktopUnavailable now = why;
        if (now != null) {
            throw now;
        }
    }

    @Override
    public boolean isAwaited() {
        return lock.isAwaited();
    }

    private final class Session implements DesktopSession, Windows, Input, GuardedClipboard, Presence {

        private boolean closed;
        private @Nullable ClipboardContent before;
        private @Nullable ChatWindow focusedBefore = focused;
        private @Nullable ChatWindow focusedByUs;

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
        public Presence presence() {
            return open();
        }

        @Override
        public Use awaitFree(Duration quiet, Duration limit) {
            requireAvailable();
            return awaitUse(limit);
        }

        @Override
        public boolean intruded() {
            return use != Use.FREE;
        }

        @Override
        public boolean wasHereSince(long nanoTime) {
            return stack.stream().anyMatch(window -> window.typedAt - nanoTime >= 0);
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
                ChatWindow previous = focusedBefore;
                if (focusedByUs != null && focusedByUs == focused && previous != null && stack.contains(previous)) {
                    activate(previous);
                }
                foreign = before != null ? before : foreign;
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
            find(target).ifPresent(window -> {
                activate(window);
                focusedByUs = window;
            });
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
        public List<Monitor> monitors() {
            return monitors;
        }

        @Override
        public Optional<Window> at(Point point) {
            requireAvailable();
            return stack.stream()
                    .filter(window -> window.bounds.contains(point))
                    .reduce((below, above) -> above)
                    .map(window -> window.seen(window == focused));
        }

        @Override
        public Optional<Window> focused() {
            requireAvailable();
            return Optional.ofNullable(focused).map(window -> window.seen(true));
        }

        @Override
        public boolean has(KeyChord chord) {
            return !missingKeys.contains(chord.key());
        }

        @Override
        public Verdict click(Target target, Bounds where, Point point, Duration limit) {
            beforeClicks.run();
            Verdict verdict = !SCREEN.contains(point)
                    ? Verdict.OUTSIDE
                    : judge(target, window -> window.bounds.equals(where) ? under(target, point) : Verdict.MOVED);
            if (verdict == Verdict.HELD) {
                find(target).ifPresent(InMemoryDesktop.this::activate);
            }
            return verdict;
        }

        @Override
        public Verdict press(Target target, List<KeyChord> chords) {
            return press(target, chords, false);
        }

        @Override
        public Verdict pressWhileOffered(Target target, List<KeyChord> chords) {
            return press(target, chords, true);
        }

        /** A hostile program has its chance before them all, for they are one step. */
        private Verdict press(Target target, List<KeyChord> chords, boolean whileOffered) {
            beforeKeys.accept(chords.get(chords.size() - 1));
            Verdict verdict = use != Use.FREE ? Verdict.INTRUDED : keyboardGrabbed ? Verdict.GRABBED : check(target);
            if (verdict == Verdict.HELD && whileOffered && offer == null) {
                return Verdict.CLIPBOARD_TAKEN;
            }
            if (verdict == Verdict.HELD) {
                chords.forEach(keys -> find(target).ifPresent(window -> feel(window, keys)));
                afterKeys.accept(chords.get(chords.size() - 1));
            }
            return verdict;
        }

        @Override
        public Offer offer(ClipboardContent content, Target target, KeyChord pasteKeys) {
            requireAvailable();
            MemoryOffer last = offer;
            if (last != null) {
                last.taken = true;
            } else if (!copiedByUs && foreign != null) {
                before = foreign;
            }
            copiedByUs = false;
            foreign = null;
            offer = new MemoryOffer(content.text().orElse(""), find(target).orElse(null));
            latestOffer = offer;
            return offer;
        }

        @Override
        public Optional<ClipboardContent> read(Duration limit) {
            return owesAnswer() ? Optional.empty() : Optional.ofNullable(foreign);
        }

        @Override
        public boolean owesAnswer(Target target) {
            return owesAnswer();
        }

        private boolean owesAnswer() {
            ChatWindow window = copier;
            return copiedByUs && window != null && !window.handsOver;
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

    private void feel(ChatWindow window, KeyChord keys) {
        if (!window.readsAhead) {
            type(window, keys);
            return;
        }
        window.waiting.add(keys);
        MemoryOffer present = offer;
        if (present != null && keys.equals(PASTE)) {
            present.fetched |= present.pasteExpected;
            window.readAhead = present;
        }
    }

    /** A program that reads ahead comes to the keys that were pressed. */
    public void workOff(ChatWindow window) {
        for (KeyChord keys = window.waiting.poll(); keys != null; keys = window.waiting.poll()) {
            if (!keys.equals(PASTE) || (!window.ignoresPaste && (copiedByUs || window.readAhead == offer))) {
                type(window, keys);
            }
        }
    }

    private void type(ChatWindow window, KeyChord keys) {
        window.keys.add(keys);
        switch (keys.toString()) {
            case "ctrl+a" -> window.allSelected = window.input.length() > 0;
            case "ctrl+end" -> window.allSelected = false;
            case "ctrl+c" -> copy(window);
            case "ctrl+v" -> paste(window);
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

    private void copy(ChatWindow window) {
        if (window.allSelected && window.fetches && window.copies) {
            copiedByUs = true;
            copier = window;
            foreign = ClipboardContent.ofText(window.input());
            MemoryOffer latest = latestOffer;
            if (latest != null) {
                latest.copies++;
            }
            if (offer != null) {
                offer.copied = true;
                offer = null;
            }
        }
    }

    private void paste(ChatWindow window) {
        MemoryOffer present = offer;
        if (!window.fetches) {
            return;
        }
        Optional<String> text = present != null ? Optional.of(present.text) : clipboard();
        text.ifPresent(it -> {
            if (window.allSelected) {
                window.input.setLength(0);
            }
            window.allSelected = false;
            window.input.append(window.pastedAs == null ? it : window.pastedAs);
        });
        if (present != null) {
            present.fetched |= present.pasteExpected;
        }
    }

    private final class MemoryOffer implements GuardedClipboard.Offer {

        private final String text;
        private final @Nullable ChatWindow window;
        private boolean pasteExpected;
        private boolean fetched;
        private boolean copied;
        private int copies;
        private boolean taken;

        MemoryOffer(String text, @Nullable ChatWindow window) {
            this.text = text;
            this.window = window;
        }

        private boolean readsAhead() {
            return window != null && window.readsAhead;
        }

        private void workOff() {
            if (window != null) {
                InMemoryDesktop.this.workOff(window);
            }
        }

        @Override
        public void expectPaste() {
            pasteExpected = true;
            fetched = false;
        }

        @Override
        public void expectCopy() {
            // Nobody copies here but by our keys.
        }

        @Override
        public GuardedClipboard.Fetch awaitFetch(Duration limit) {
            return taken
                    ? GuardedClipboard.Fetch.TAKEN
                    : copied
                            ? GuardedClipboard.Fetch.COPIED
                            : !fetched
                                    ? GuardedClipboard.Fetch.NOT_FETCHED
                                    : readsAhead() ? GuardedClipboard.Fetch.READ : GuardedClipboard.Fetch.FETCHED;
        }

        @Override
        public boolean awaitCopied(Duration limit) {
            workOff();
            return copied && !taken;
        }

        @Override
        public boolean awaitCopiedAgain(Duration limit) {
            workOff();
            return copies > 1;
        }

        @Override
        public boolean isCopyThere() {
            return copied && copiedByUs;
        }

        @Override
        public boolean awaitQuiet() {
            workOff();
            return fetched && !copied && !taken;
        }

        @Override
        public boolean hasCopied() {
            return copies > 0;
        }

        @Override
        public boolean isReadAsUsual() {
            return fetched && !(window != null && window.ignoresPaste);
        }

        @Override
        public void settled() {
            // Nobody waits here for anything.
        }

        @Override
        public boolean staysFor(Duration time) {
            stays.add(time);
            return !taken && !copied;
        }

        @Override
        public boolean revoke() {
            close();
            return !fetched || (copied && readsAhead());
        }

        @Override
        public void close() {
            if (offer == this) {
                offer = null;
            }
        }
    }
}
