package dev.deskpost.dashboard;

import dev.deskpost.delivery.Attempt;
import dev.deskpost.delivery.AttemptStep;
import dev.deskpost.delivery.Attempts;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageFilter;
import dev.deskpost.message.MessagePage;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages as the page shows them. */
@Component
class MessagePages {

    private static final int LINES = 50;

    private final Messages messages;
    private final Attempts attempts;

    MessagePages(Messages messages, Attempts attempts) {
        this.messages = messages;
        this.attempts = attempts;
    }

    /**
     * Which messages, as the address of a page says it.
     *
     * @param before where the page starts; null for the newest
     */
    record Query(
            @Nullable MessageState state,
            @Nullable String recipient,
            @Nullable String sender,
            @Nullable Long before) {

        MessageFilter filter() {
            return new MessageFilter(state, given(recipient), given(sender));
        }

        private static @Nullable String given(@Nullable String value) {
            return value == null || value.isBlank() ? null : value.strip();
        }
    }

    /** @param next where the next page starts; null if this is the last */
    record Lines(
            Query query, List<MessageRow> rows, @Nullable Long next) {}

    record Details(MessageRow row, Message message, List<Waterfall> attempts) {}

    Lines list(Query query) {
        MessagePage page = messages.list(query.filter(), query.before(), LINES);
        return new Lines(query, page.messages().stream().map(MessageRow::of).toList(), page.next());
    }

    Optional<Details> details(String id) {
        return messages.find(id).map(message -> {
            List<AttemptStep> steps = attempts.stepsOf(id);
            return new Details(
                    MessageRow.of(message),
                    message,
                    attempts.of(id).stream()
                            .map(attempt -> Waterfall.of(attempt, of(attempt, steps)))
                            .toList());
        });
    }

    private static List<AttemptStep> of(Attempt attempt, List<AttemptStep> steps) {
        return steps.stream().filter(step -> step.number() == attempt.number()).toList();
    }
}
