package dev.deskpost.message.web;

import dev.deskpost.message.NewMessage;
import dev.deskpost.recipient.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several messages that are accepted together or not at all. */
record BatchRequest(@Nullable List<@Nullable MessageRequest> messages) {

    private static final int MAX_MESSAGES = 500;

    /** @throws dev.deskpost.problem.Problem with all that is wrong, each by the index of its message */
    List<NewMessage> check(Instant now, Recipients recipients) {
        Faults faults = new Faults();
        List<@Nullable MessageRequest> given = messages == null ? List.of() : messages;
        if (given.isEmpty()) {
            faults.add("messages", "is missing or empty: 1 to " + MAX_MESSAGES + " messages are expected");
        } else if (given.size() > MAX_MESSAGES) {
            faults.add(
                    "messages",
                    "has " + given.size() + " messages, and at most " + MAX_MESSAGES
                            + " are accepted at once; send them in several batches");
        }
        if (!faults.isEmpty()) {
            throw faults.problem();
        }
        Set<String> known = recipients
                .settings(given.stream().flatMap(BatchRequest::name).toList())
                .keySet();
        List<NewMessage> wanted = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            MessageRequest one = given.get(i);
            String path = "messages[" + i + "]";
            if (one == null) {
                faults.add(path, "is null: a message is expected");
            } else {
                Faults own = new Faults();
                one.check(now, own).ifPresent(wanted::add);
                name(one)
                        .filter(name -> !known.contains(name))
                        .filter(name -> own.sorted().stream()
                                .noneMatch(fault -> fault.field().equals("recipient")))
                        .forEach(name -> own.add("recipient", Whom.unknown(name)));
                faults.addAll(path, own);
            }
        }
        if (!faults.isEmpty()) {
            throw faults.problem();
        }
        return wanted;
    }

    private static Stream<String> name(@Nullable MessageRequest one) {
        return Stream.ofNullable(one).map(MessageRequest::recipient).filter(Objects::nonNull);
    }
}
