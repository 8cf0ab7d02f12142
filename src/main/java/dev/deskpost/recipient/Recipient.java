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
 * @param minInterval the least time between two messages
 * @param retryDelays the pauses between tries; empty for those of everybody
 */
public record Recipient(
        String id,
        boolean enabled,
        WindowSelector window,
        Optional<InputPoint> input,
        KeyChord pasteKeys,
        KeyChord submitKeys,
        KeyChord submitUrgentKeys,
        BoxKeys box,
        Duration submitDelay,
        DraftPolicy draft,
        ConfirmedBy confirmedBy,
        Duration minInterval,
        List<Duration> retryDelays) {

    static Recipient of(String id, RecipientSettings settings) {
        Profile profile = or(settings.profile(), Profile.CHAT);
        Keys keys = or(settings.keys(), new Keys(null, null, null));
        WindowRule rule = Objects.requireNonNull(settings.window(), "window");
        KeyChord submit = chord(keys.submit(), profile.submit());
        // Who names a submit key of its own means it for urgent messages, too, unless it names two.
        KeyChord submitUrgent = chord(keys.submitUrgent(), keys.submit() == null ? profile.submitUrgent() : submit);
        return new Recipient(
                id,
                or(settings.enabled(), true),
                WindowSelector.of(rule.title(), rule.windowClass(), rule.process()),
                Optional.ofNullable(settings.input()),
                chord(keys.paste(), profile.paste()),
                submit,
                submitUrgent,
                profile.box(),
                or(settings.submitDelay(), profile.submitDelay()),
                or(settings.draft(), profile.draft()),
                Optional.ofNullable(settings.confirmation())
                        .map(Confirmation::by)
                        .orElse(ConfirmedBy.PASTE),
                Optional.ofNullable(settings.pacing()).map(Pacing::minInterval).orElse(Duration.ZERO),
                Optional.ofNullable(settings.retry()).map(Retry::delays).orElse(List.of()));
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
