package dev.deskpost.recipient;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.recipient.RecipientSettings.Confirmation;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RecipientSettings.Keys;
import dev.deskpost.recipient.RecipientSettings.Pacing;
import dev.deskpost.recipient.RecipientSettings.Retry;
import dev.deskpost.recipient.RecipientSettings.Wait;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recipient ready to be delivered to: what its settings say, completed by its profile.
 *
 * @param box the keys that work on what stands in its input box
 * @param submitDelay the pause between the fetched paste and the submit keys
 * @param proofWithin how long to wait for its own proof; empty if that is to be learned
 * @param inbox what its settings call its inbox
 * @param minInterval the least time between two messages
 * @param retryDelays the pauses between tries; empty for those of everybody
 */
public record Recipient(
        String id,
        boolean enabled,
        Optional<WindowSelector> window,
        Optional<InputPoint> input,
        KeyChord pasteKeys,
        KeyChord submitKeys,
        KeyChord submitUrgentKeys,
        BoxKeys box,
        Duration submitDelay,
        DraftPolicy draft,
        ConfirmedBy confirmedBy,
        Optional<Duration> proofWithin,
        Template template,
        Optional<String> inbox,
        Waiting waiting,
        Duration minInterval,
        List<Duration> retryDelays) {

    static Recipient of(String id, RecipientSettings settings) {
        Profile profile = or(settings.profile(), Profile.CHAT);
        Keys keys = or(settings.keys(), new Keys(null, null, null));
        Confirmation confirmation = or(settings.confirmation(), new Confirmation(null, null));
        ConfirmedBy confirmedBy = or(confirmation.by(), ConfirmedBy.PASTE);
        KeyChord submit = chord(keys.submit(), profile.submit());
        // Who names a submit key of its own means it for urgent messages, too, unless it names two.
        KeyChord submitUrgent = chord(keys.submitUrgent(), keys.submit() == null ? profile.submitUrgent() : submit);
        return new Recipient(
                id,
                or(settings.enabled(), true),
                Optional.ofNullable(settings.window()).map(Recipient::selector),
                Optional.ofNullable(settings.input()),
                chord(keys.paste(), profile.paste()),
                submit,
                submitUrgent,
                profile.box(),
                or(settings.submitDelay(), profile.submitDelay()),
                or(settings.draft(), profile.draft()),
                confirmedBy,
                Optional.ofNullable(confirmation.timeout()),
                template(settings.template(), confirmedBy),
                Optional.ofNullable(settings.inbox()),
                waiting(settings),
                Optional.ofNullable(settings.pacing()).map(Pacing::minInterval).orElse(Duration.ZERO),
                Optional.ofNullable(settings.retry()).map(Retry::delays).orElse(List.of()));
    }

    /** Whether it is asked for a proof of its own. */
    public boolean confirmsItself() {
        return confirmedBy != ConfirmedBy.PASTE;
    }

    /** Where to click for the input box, if anywhere. */
    public Optional<Point> inputPoint(Bounds window, Bounds screen) {
        return input.map(point -> {
            Bounds area = point.relativeTo() == RelativeTo.SCREEN ? screen : window;
            return new Point(
                    area.x() + fromEdge(Objects.requireNonNull(point.x()), area.width()),
                    area.y() + fromEdge(Objects.requireNonNull(point.y()), area.height()));
        });
    }

    private static WindowSelector selector(WindowRule rule) {
        return WindowSelector.of(rule.title(), rule.windowClass(), rule.process());
    }

    private static Template template(@Nullable String given, ConfirmedBy confirmedBy) {
        Template otherwise = confirmedBy == ConfirmedBy.PASTE ? Template.CONTENT : Template.NAMED;
        return given == null ? otherwise : new Template(given);
    }

    private static Waiting waiting(RecipientSettings settings) {
        Wait given = or(settings.waiting(), new Wait(null, null));
        return new Waiting(
                or(settings.deliverWhen(), DeliverWhen.ALWAYS),
                or(given.limit(), Waiting.LIMIT),
                or(given.then(), Waiting.AfterLimit.DELIVER));
    }

    private static int fromEdge(int coordinate, int length) {
        return coordinate < 0 ? length + coordinate : coordinate;
    }

    private static KeyChord chord(@Nullable String given, KeyChord otherwise) {
        return given == null ? otherwise : KeyChord.parse(given);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
