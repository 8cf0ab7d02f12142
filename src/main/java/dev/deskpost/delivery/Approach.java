package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Ending;
import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.desktop.Windows;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RelativeTo;
import dev.deskpost.recipient.TerminalEmulators;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a recipient's window, as far as nothing is typed or clicked:
 *
 * <ol>
 *   <li>{@link #find}: exactly one window matches, the recipient's keys are fit for it, and its identity is pinned.
 *   <li>{@link #focus}: it is brought to the front.
 *   <li>{@link #drift}: a point that is measured from the screen still means the place in the window that it meant.
 *   <li>{@link #hit}: the point lies in the window, and nothing lies over it.
 * </ol>
 *
 * <p>Each says what stands in the way, or nothing. What was true may be untrue in the next moment: input is guarded by a
 * check of its own.
 */
final class Approach {

    private final Recipient recipient;
    private final DesktopSession desktop;
    private final AdaptiveTimeouts timeouts;
    private final Optional<WindowSeen> seen;
    private @Nullable Target target;

    /** Where the window has to be for a point that is measured from the screen to mean the same place in it. */
    private Optional<WindowSeen> pinned;

    /**
     * @param timeouts how long the window may take to get the focus, and to come to the top
     * @param seen where the window was when a message was last delivered
     */
    Approach(Recipient recipient, DesktopSession desktop, AdaptiveTimeouts timeouts, Optional<WindowSeen> seen) {
        this.recipient = recipient;
        this.desktop = desktop;
        this.timeouts = timeouts;
        this.seen = seen;
        this.pinned = seen;
    }

    Optional<NotSent> find() {
        if (recipient.window().isEmpty()) {
            return fail(
                    FailureCode.WINDOW_NOT_FOUND,
                    "recipient '" + recipient.id() + "' names no window: it gets its messages into its inbox");
        }
        WindowSelector window = recipient.window().get();
        Match match = window.among(windows().all());
        if (match instanceof Match.One one) {
            target = one.target();
            return misfit(one.target().window());
        }
        if (match instanceof Match.Several several) {
            return fail(
                    FailureCode.WINDOW_AMBIGUOUS,
                    several.windows().size() + " windows match " + window
                            + "; make the recipient's rule narrower. They are " + WindowWords.of(several.windows()));
        }
        return fail(
                FailureCode.WINDOW_NOT_FOUND,
                "no window on the desktop matches " + window + "; GET /api/v1/windows lists those there are");
    }

    private Optional<NotSent> misfit(Window window) {
        return recipient.box().canReadBack() && TerminalEmulators.show(window)
                ? fail(
                        FailureCode.PROFILE_MISMATCH,
                        WindowWords.of(window) + " is a terminal, where the keys of the profile 'chat' would interrupt"
                                + " the program that runs in it: PUT the recipient again with \"profile\":\"terminal\"")
                : Optional.empty();
    }

    Optional<NotSent> focus() {
        Verdict verdict = bringToFront();
        if (verdict == Verdict.FOCUS_ELSEWHERE) {
            // Once more, with the doubled limit: the first may have been too short.
            verdict = bringToFront();
        }
        return verdict == Verdict.HELD
                ? Optional.empty()
                : Optional.of(refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED));
    }

    /** Where the window has the focus already nothing is waited for, so nothing is learned. */
    Verdict bringToFront() {
        Verdict now = windows().check(target());
        return now != Verdict.FOCUS_ELSEWHERE
                ? now
                : timeouts.measure(Wait.FOCUS, within -> windows().focus(target(), within), Approach::endingOf);
    }

    /** The same for a window that does not lie on top at a point. */
    Verdict raise(Point point) {
        Verdict now = windows().hit(target(), point, Duration.ZERO);
        return now != Verdict.COVERED
                ? now
                : timeouts.measure(Wait.ACTIVATE, within -> windows().hit(target(), point, within), Approach::endingOf);
    }

    /** What the end of a wait for a window teaches about time. */
    static Ending endingOf(Verdict verdict) {
        return switch (verdict) {
            case HELD -> Ending.MET;
            case FOCUS_ELSEWHERE, COVERED -> Ending.MISSED;
            default -> Ending.BROKEN_OFF;
        };
    }

    /**
     * To be asked when the window has been restored and focused: a minimised one may not say where it will be.
     *
     * @param now where the window is, as {@link #here} says
     */
    Optional<NotSent> drift(WindowSeen now) {
        if (!isMeasuredFromScreen()
                || pinned.map(WindowSeen::bounds)
                        .filter(before -> !before.equals(now.bounds()))
                        .isEmpty()) {
            return Optional.empty();
        }
        WindowSeen then = pinned.get();
        return fail(
                FailureCode.WINDOW_MOVED,
                "the input point is measured from the screen, and the window has moved or changed its size since the last"
                        + " delivery: it was " + WindowWords.of(then.bounds()) + " and is "
                        + WindowWords.of(now.bounds()) + ", so the point lies at "
                        + now.input() + " of the window and no longer at "
                        + then.input()
                        + ". PUT the recipient again with new coordinates, or with relativeTo \"window\"");
    }

    /** From now on, if not from an earlier delivery, {@link #drift} compares with this. */
    void pin(WindowSeen now) {
        pinned = pinned.or(() -> Optional.of(now));
    }

    /** Nothing stands in the way where the recipient has no input point. */
    Optional<NotSent> hit() {
        if (recipient.input().isEmpty()) {
            return Optional.empty();
        }
        Optional<WindowSeen> now = here();
        if (now.isEmpty()) {
            return Optional.of(refused(Verdict.GONE, FailureCode.FOCUS_NOT_ACQUIRED));
        }
        Verdict verdict = under(now.get().onScreen());
        return verdict == Verdict.HELD
                ? Optional.empty()
                : Optional.of(refused(verdict, FailureCode.FOCUS_NOT_ACQUIRED));
    }

    private Verdict under(Point point) {
        return windows().screen().contains(point) ? raise(point) : Verdict.OUTSIDE;
    }

    /** The one window; only after {@link #find} found it. */
    Target target() {
        if (target == null) {
            throw new IllegalStateException("no window was found yet");
        }
        return target;
    }

    /** Where the window and the input point are now; empty without an input point, or if the window is gone. */
    Optional<WindowSeen> here() {
        return windows().bounds(target()).flatMap(bounds -> pointIn(bounds).map(point -> WindowSeen.of(bounds, point)));
    }

    /** Says to people why a step was refused. */
    NotSent refused(Verdict verdict, FailureCode whenFocusIsElsewhere) {
        return switch (verdict) {
            case FOCUS_ELSEWHERE -> new NotSent(whenFocusIsElsewhere, whoHasTheFocus());
            case COVERED -> new NotSent(FailureCode.INPUT_COVERED, whatLiesOver());
            case OUTSIDE -> new NotSent(FailureCode.INPUT_OUTSIDE_WINDOW, whereThePointIs());
            case MOVED ->
                here().flatMap(this::drift)
                        .orElseGet(
                                () -> new NotSent(
                                        FailureCode.WINDOW_MOVED,
                                        "the window moves or changes its size again and again, whenever its input point is clicked"));
            case POINTER_MOVED -> new NotSent(FailureCode.DESKTOP_IN_USE, "somebody is moving the pointer");
            case INPUT_HELD -> new NotSent(FailureCode.DESKTOP_IN_USE, "somebody holds a modifier key or a button");
            case GRABBED ->
                new NotSent(
                        FailureCode.INPUT_GRABBED,
                        "another program has grabbed the keyboard or the pointer: an open menu or a screen locker");
            case INTRUDED -> new NotSent(FailureCode.DESKTOP_IN_USE, "somebody began to type or click");
            case CLIPBOARD_TAKEN ->
                new NotSent(
                        FailureCode.CLIPBOARD_TAKEN,
                        "another program took the clipboard during the paste, again and again until the limit");
            case CHANGED ->
                new NotSent(
                        FailureCode.WINDOW_CHANGED,
                        "the window has changed its title, class or process since it was found");
            case GONE -> new NotSent(FailureCode.WINDOW_NOT_FOUND, "the window has closed since it was found");
            case NO_SUCH_KEY ->
                new NotSent(
                        FailureCode.KEY_NOT_AVAILABLE,
                        "the present keyboard layout lacks one of the recipient's keys (choose others, such as shift+insert),"
                                + " or no button of the mouse is the first one");
            case HELD -> throw new IllegalArgumentException("nothing was refused");
        };
    }

    /** A dialog of the same program that opened on top is the usual one. */
    private String whoHasTheFocus() {
        return windows()
                        .focused()
                        .filter(window -> !window.id().equals(target().id()))
                        .map(window -> "another window has the focus: " + WindowWords.of(window)
                                + (isSibling(window.pid()) ? ", of the same program as the recipient's" : ""))
                        .orElse("the window did not get the focus")
                + "; it was not to be had within the limit";
    }

    private boolean isSibling(@Nullable Long pid) {
        return pid != null && pid.equals(target().window().pid());
    }

    private String whatLiesOver() {
        return "another window lies over the input point"
                + here().map(WindowSeen::onScreen)
                        .flatMap(point -> windows().at(point))
                        .filter(window -> !window.id().equals(target().id()))
                        .map(window -> ": " + WindowWords.of(window))
                        .orElse("");
    }

    private String whereThePointIs() {
        Optional<Bounds> bounds = windows().bounds(target());
        if (bounds.isEmpty()) {
            return "the input point lies outside of the window";
        }
        String point = pointIn(bounds.get()).map(at -> " " + at).orElse("");
        String before = seen.map(WindowSeen::bounds)
                .filter(then -> !then.equals(bounds.get()))
                .map(then -> "; at the last delivery the window was " + WindowWords.of(then))
                .orElse("");
        return "the input point" + point + " lies outside of the window, which is " + WindowWords.of(bounds.get())
                + ", or of the screen" + before
                + ". Move the window back, or PUT the recipient again with new coordinates";
    }

    private Optional<Point> pointIn(Bounds window) {
        return recipient.inputPoint(window, windows().screen());
    }

    private boolean isMeasuredFromScreen() {
        return recipient
                .input()
                .map(InputPoint::relativeTo)
                .filter(RelativeTo.SCREEN::equals)
                .isPresent();
    }

    private Windows windows() {
        return desktop.windows();
    }

    private static Optional<NotSent> fail(FailureCode code, String detail) {
        return Optional.of(new NotSent(code, detail));
    }
}
