package dev.deskpost.receipt;

import dev.deskpost.message.Message;
import dev.deskpost.message.MessageId;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What a prompt that a recipient got says of which messages. Looked at are the messages whose ids it names, and those of the
 * recipient that may just have arrived. Compared is what was pasted, {@link ComparableText without regard to spacing}:
 *
 * <ul>
 *   <li>the whole content, and nothing else but what was pasted around it: {@code WHOLE}, and this explains the prompt, also
 *       where the content quotes other messages;
 *   <li>all that was pasted, and other text: {@code MERGED}, for each message of which that is so;
 *   <li>a part of it: the line with the id and a part of the content, or a head or tail that is long enough to be no
 *       accident: {@code TRUNCATED};
 *   <li>all that was pasted for another recipient, which has not proved the message: {@code MISROUTED}.
 * </ul>
 *
 * <p>A prompt that a person wrote says nothing, and neither does a mere id in it.
 */
@Component
class PromptComparison {

    /** Shorter parts, and shorter texts without an id, are as likely somebody's own words. */
    private static final int NO_ACCIDENT = 20;

    /** Bracketed paste: some programs hand its marks on as if they were text. */
    private static final Pattern PASTE_MARKS = Pattern.compile("\\u001b\\[20[01]~");

    private static final Set<MessageState> NEVER_TYPED = Set.of(MessageState.CANCELLED, MessageState.EXPIRED);

    private final Messages messages;
    private final PastedText pasted;
    private final ReceiptProperties properties;

    PromptComparison(Messages messages, PastedText pasted, ReceiptProperties properties) {
        this.messages = messages;
        this.pasted = pasted;
        this.properties = properties;
    }

    record Finding(String messageId, Verdict verdict) {}

    private record Match(Message message, Verdict verdict, ComparableText sent) {}

    /** @param reporter the recipient that got the prompt */
    List<Finding> compare(String reporter, String prompt, Instant now) {
        ComparableText got = ComparableText.of(PASTE_MARKS.matcher(prompt).replaceAll(""));
        List<String> named = MessageId.namedIn(prompt, properties.idsAtMost());
        List<Match> matches = new ArrayList<>();
        boolean unnamedFound = false;
        for (Message message : candidates(reporter, named, now)) {
            Optional<Match> match = match(reporter, message, got);
            if (match.isEmpty()) {
                continue;
            }
            if (match.get().verdict() == Verdict.WHOLE) {
                return List.of(new Finding(message.id(), Verdict.WHOLE));
            }
            // Of messages with the same text one has arrived, and not all.
            boolean unnamed = !named.contains(message.id());
            if (!unnamed || !unnamedFound || match.get().verdict() == Verdict.MERGED) {
                matches.add(match.get());
            }
            unnamedFound |= unnamed;
        }
        return matches.stream()
                .filter(match -> matches.stream().noneMatch(other -> isQuotedIn(match, other)))
                .map(match -> new Finding(match.message().id(), match.verdict()))
                .toList();
    }

    /** Those that are named come first. */
    private Iterable<Message> candidates(String reporter, List<String> named, Instant now) {
        Map<String, Message> candidates = new LinkedHashMap<>();
        messages.findAll(named).forEach(message -> candidates.put(message.id(), message));
        messages.awaitingProof(reporter, now.minus(properties.compareWithin()), properties.compareAtMost())
                .forEach(message -> candidates.putIfAbsent(message.id(), message));
        candidates.values().removeIf(message -> message.claims() == 0 || NEVER_TYPED.contains(message.state()));
        return candidates.values();
    }

    private static boolean isQuotedIn(Match match, Match other) {
        return other.sent().length() > match.sent().length() && other.sent().contains(match.sent());
    }

    private Optional<Match> match(String reporter, Message message, ComparableText got) {
        ComparableText sent = ComparableText.of(pasted.of(message));
        Optional<Verdict> verdict = message.recipient().equals(reporter)
                ? ofOwnByEither(message, sent, got)
                : Optional.of(Verdict.MISROUTED).filter(misrouted -> !isProved(message) && holds(got, sent, message));
        return verdict.map(found -> new Match(message, found, sent));
    }

    /** The recipient's template may have changed since the text was pasted, and today's knows nothing of the line in it. */
    private Optional<Verdict> ofOwnByEither(Message message, ComparableText sent, ComparableText got) {
        Optional<Verdict> today = ofOwn(message, sent, got);
        if (today.filter(Verdict.WHOLE::equals).isPresent() || !got.text().contains(message.id())) {
            return today;
        }
        return ofOwn(message, ComparableText.of(pasted.byDefault(message)), got)
                .filter(found -> found == Verdict.WHOLE || today.isEmpty())
                .or(() -> today);
    }

    private static boolean isProved(Message message) {
        return message.evidence() != null && message.evidence().isOfRecipient();
    }

    private static Optional<Verdict> ofOwn(Message message, ComparableText sent, ComparableText got) {
        ComparableText content = ComparableText.of(message.content());
        Frame frame = Frame.of(sent, content);
        if (isNoAccident(got, sent, message) && (got.equals(sent) || frame.isAround(content, got))) {
            return Optional.of(Verdict.WHOLE);
        }
        if (holds(got, sent, message)) {
            return Optional.of(Verdict.MERGED);
        }
        boolean part = got.length() >= NO_ACCIDENT
                && got.length() < sent.length()
                && (sent.text().startsWith(got.text()) || sent.text().endsWith(got.text()));
        return part || frame.namesPartOf(content, message.id(), got)
                ? Optional.of(Verdict.TRUNCATED)
                : Optional.empty();
    }

    /** A word or two that were pasted with an id, and came without it, are as likely somebody's own. */
    private static boolean isNoAccident(ComparableText got, ComparableText sent, Message message) {
        return got.length() >= NO_ACCIDENT
                || got.text().contains(message.id())
                || (!got.isEmpty() && !sent.text().contains(message.id()));
    }

    private static boolean holds(ComparableText got, ComparableText sent, Message message) {
        boolean noAccident = sent.length() >= NO_ACCIDENT || sent.text().contains(message.id());
        return noAccident && got.contains(sent);
    }

    /** What is pasted around the content. */
    private record Frame(String before, String after) {

        static Frame of(ComparableText sent, ComparableText content) {
            int start = sent.indexOf(content);
            return start < 0 || content.isEmpty()
                    ? new Frame("", "")
                    : new Frame(sent.text().substring(0, start), sent.text().substring(start + content.length()));
        }

        /** Whether the text is the whole content, with as much of the frame as was left. */
        boolean isAround(ComparableText content, ComparableText got) {
            int start = content.isEmpty() ? -1 : got.indexOf(content);
            return start >= 0
                    && before.endsWith(got.text().substring(0, start))
                    && after.startsWith(got.text().substring(start + content.length()));
        }

        /** Whether the text is the part of the frame that holds the id, with a part of the content. */
        boolean namesPartOf(ComparableText content, String id, ComparableText got) {
            String line = (after.contains(id) ? after : before).strip();
            if (!line.contains(id)) {
                return false;
            }
            String rest;
            if (got.text().endsWith(line)) {
                rest = got.text().substring(0, got.length() - line.length());
            } else if (got.text().startsWith(line)) {
                rest = got.text().substring(line.length());
            } else {
                return false;
            }
            ComparableText part = ComparableText.of(rest);
            return part.isEmpty() ? !line.equals(id) : part.isPartOf(content);
        }
    }
}
