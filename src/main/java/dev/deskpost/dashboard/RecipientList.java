package dev.deskpost.dashboard;

import dev.deskpost.message.Message;
import dev.deskpost.message.MessageFilter;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.ActivitySource;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.Recipients;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Recipients as the page shows them: so many as a person can look at, found by a part of their name. */
@Component
class RecipientList {

    /** The last delivery is looked up for each of them. */
    private static final int LINES = 50;

    private final Recipients recipients;
    private final Messages messages;
    private final List<ActivitySource> sources;

    RecipientList(Recipients recipients, Messages messages, ObjectProvider<ActivitySource> sources) {
        this.recipients = recipients;
        this.messages = messages;
        this.sources = sources.orderedStream().toList();
    }

    /**
     * @param window how its window is known, in short; null if it has none
     * @param activity what its hooks say that it does; null if nothing is known
     * @param lastDelivery the newest message that was delivered
     */
    record Line(
            String id,
            @Nullable String name,
            boolean enabled,
            @Nullable String window,
            Activity.@Nullable State activity,
            @Nullable String lastDelivery,
            @Nullable Instant lastDeliveryAt) {}

    /** @param total how many match; more than are shown, maybe */
    record View(List<Line> lines, int total) {}

    View matching(@Nullable String part) {
        String wanted = part == null ? "" : part.strip().toLowerCase(Locale.ROOT);
        List<Recipients.Entry> matching = recipients.all().stream()
                .filter(entry -> matches(entry, wanted))
                .toList();
        List<Recipients.Entry> shown = matching.subList(0, Math.min(LINES, matching.size()));
        Map<String, Activity> activities = new HashMap<>();
        List<String> ids = shown.stream().map(Recipients.Entry::id).toList();
        sources.forEach(source -> activities.putAll(source.activities(ids)));
        return new View(
                shown.stream()
                        .map(entry -> line(entry, activities.get(entry.id())))
                        .toList(),
                matching.size());
    }

    private static boolean matches(Recipients.Entry entry, String wanted) {
        return Stream.of(
                        entry.id(),
                        Optional.ofNullable(entry.settings().displayName()).orElse(""))
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private Line line(Recipients.Entry entry, @Nullable Activity activity) {
        RecipientSettings settings = entry.settings();
        Optional<Message> last =
                messages.list(new MessageFilter(MessageState.DELIVERED, entry.id(), null), null, 1).messages().stream()
                        .findFirst();
        return new Line(
                entry.id(),
                settings.displayName(),
                !Boolean.FALSE.equals(settings.enabled()),
                window(settings),
                activity == null ? null : activity.state(),
                last.map(Message::id).orElse(null),
                last.map(Message::finishedAt).orElse(null));
    }

    private static @Nullable String window(RecipientSettings settings) {
        RecipientSettings.WindowRule rule = settings.window();
        return rule == null
                ? null
                : Stream.of(rule.title(), rule.windowClass(), rule.process())
                        .filter(each -> each != null)
                        .findFirst()
                        .orElse(null);
    }
}
