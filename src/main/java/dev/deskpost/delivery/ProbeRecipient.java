package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.delivery.Probe.Check;
import dev.deskpost.delivery.Probe.Finding;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Presence;
import dev.deskpost.desktop.Window;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Goes the way of a delivery as far as nothing is typed, clicked or copied, says what would happen, and gives the focus
 * back. What it cannot undo: the window comes to the front, and a minimised one stays restored.
 *
 * <p>Waits for the desktop as deliveries do, and for the person at the desk before the window comes to the front; may be
 * called by any thread.
 */
@Component
public class ProbeRecipient {

    private final Desktop desktop;
    private final DeliveryProperties properties;
    private final AdaptiveTimeouts timeouts;
    private final WindowsSeen windowsSeen;
    private final PauseSwitch pause;

    ProbeRecipient(
            Desktop desktop,
            DeliveryProperties properties,
            AdaptiveTimeouts timeouts,
            WindowsSeen windowsSeen,
            PauseSwitch pause) {
        this.pause = pause;
        this.timeouts = timeouts;
        this.desktop = desktop;
        this.properties = properties;
        this.windowsSeen = windowsSeen;
    }

    /**
     * @return empty if another holder kept the desktop for too long
     * @throws DesktopUnavailable if there is no desktop to look at
     */
    public Optional<Probe> run(Recipient recipient) {
        Optional<WindowSeen> seen = windowsSeen.of(recipient.id());
        Optional<DesktopSession> session = desktop.acquire(properties.desktopPatience());
        return session.map(held -> {
            try (DesktopSession open = held) {
                return new Look(recipient, open, seen).probe();
            }
        });
    }

    /** One look at one recipient. */
    private final class Look {

        private final Recipient recipient;
        private final DesktopSession open;
        private final Approach approach;
        private final List<Finding> checks = new ArrayList<>();
        private Optional<NotSent> failure = Optional.empty();

        Look(Recipient recipient, DesktopSession open, Optional<WindowSeen> seen) {
            this.recipient = recipient;
            this.open = open;
            this.approach = new Approach(recipient, open, timeouts, seen);
        }

        Probe probe() {
            boolean found = note(
                    Check.FOUND,
                    approach.find(),
                    () -> WindowWords.of(approach.target().window()));
            Optional<WindowSeen> here = Optional.empty();
            if (found && note(Check.FOCUSED, inUse().or(approach::focus), () -> "active, and has the input focus")) {
                here = approach.here();
                note(Check.HIT, here.flatMap(approach::drift).or(approach::hit), this::whereAClickWouldGo);
            }
            note(Check.KEYS, missingKeys(), () -> "the keyboard layout has them: " + words(keys()));
            return new Probe(
                    found ? Optional.of(present()) : Optional.empty(),
                    here.map(WindowSeen::onScreen),
                    checks,
                    failure.map(NotSent::failure));
        }

        /**
         * The keys of a person who types would go into the window that is brought to the front. Whoever sends the probe from
         * this desktop has pressed a key for it, and needs to be quiet after that, too.
         */
        private Optional<NotSent> inUse() {
            Duration limit = properties.quietPeriod().plus(properties.desktopRetry());
            Presence.Use use = open.presence().awaitFree(properties.quietPeriod(), limit);
            if (use == Presence.Use.CORNER) {
                // It is told once, so whoever hears it has to act on it.
                pause.pause(use.words());
            }
            return use == Presence.Use.FREE
                    ? Optional.empty()
                    : Optional.of(new NotSent(
                            FailureCode.DESKTOP_IN_USE,
                            use.words() + ", so the window was not brought to the front; a message would wait"));
        }

        private boolean note(Check check, Optional<NotSent> obstacle, Supplier<String> otherwise) {
            checks.add(new Finding(
                    check, obstacle.isEmpty(), obstacle.map(NotSent::detail).orElseGet(otherwise)));
            failure = failure.or(() -> obstacle);
            return obstacle.isEmpty();
        }

        private String whereAClickWouldGo() {
            return approach.here()
                    .map(here -> "a click would go to " + here.onScreen() + " on the screen, " + here.input()
                            + " of the window")
                    .orElse("the recipient has no input point, and no click would be made");
        }

        private Optional<NotSent> missingKeys() {
            List<KeyChord> missing =
                    keys().filter(chord -> !open.input().has(chord)).toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NotSent(
                            FailureCode.KEY_NOT_AVAILABLE,
                            "the present keyboard layout lacks " + words(missing.stream())
                                    + "; choose others, such as shift+insert"));
        }

        private Stream<KeyChord> keys() {
            return Stream.concat(
                            Stream.of(recipient.pasteKeys(), recipient.submitKeys(), recipient.submitUrgentKeys()),
                            Stream.of(recipient.box().clear(), recipient.box().copy())
                                    .flatMap(List::stream))
                    .distinct();
        }

        private static String words(Stream<KeyChord> chords) {
            return chords.map(KeyChord::toString).collect(Collectors.joining(", "));
        }

        /** The window as it is now, or as it was found if it has gone since. */
        private Window present() {
            Window found = approach.target().window();
            return open.windows().all().stream()
                    .filter(window -> window.id().equals(found.id()))
                    .findFirst()
                    .orElse(found);
        }
    }
}
