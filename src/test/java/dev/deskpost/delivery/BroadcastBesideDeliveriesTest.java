package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.InMemoryDesktop;
import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import dev.deskpost.fixtures.OnBothDatabases;
import dev.deskpost.message.Broadcasts;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody writes to everybody while messages are delivered to one of them. */
@OnBothDatabases
@SpringBootTest(properties = {"deskpost.home=target/test-homes/${random.uuid}", "deskpost.delivery.poll-interval=1h"})
@Import(DeliveryDoubles.class)
class BroadcastBesideDeliveriesTest {

    private static final int EVERYBODY = 2_000;
    private static final int PUT_AT_ONCE = 50;
    private static final int SINGLE = 60;

    @Test
    void nobody_is_refused_and_nothing_unconfirmed(
            @Autowired InMemoryDesktop desktop,
            @Autowired Messages messages,
            @Autowired Broadcasts broadcasts,
            @Autowired Recipients recipients,
            @Autowired PlatformTransactionManager transactions,
            @Autowired Clock clock) {
        ChatWindow window = desktop.open("one");
        List<String> others = IntStream.range(0, EVERYBODY)
                .mapToObj(number -> "other-" + number)
                .toList();
        put(recipients, "one");
        for (int from = 0; from < EVERYBODY; from += PUT_AT_ONCE) {
            List<String> some = others.subList(from, from + PUT_AT_ONCE);
            new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> some.forEach(id -> put(recipients, id)));
        }
        // Later, or the loop would be busy with their windows, which are not there.
        Instant later = clock.instant().plus(Duration.ofDays(1));
        List<NewMessage> toAll = Stream.concat(others.stream(), Stream.of("one"))
                .map(id -> wanted(id, "to all", later))
                .toList();

        CompletableFuture<Void> broadcast = CompletableFuture.runAsync(() -> broadcasts.accept(toAll));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SINGLE; i++) {
            ids.add(messages.accept(wanted("one", "hello " + i, null)).id());
        }
        broadcast.join();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(messages.findAll(ids))
                        .allMatch(message -> message.state() == MessageState.DELIVERED));
        assertThat(messages.figures().unconfirmed()).isZero();
        assertThat(messages.figures().pending()).isEqualTo(EVERYBODY + 1);
        assertThat(window.submitted()).hasSize(SINGLE).doesNotHaveDuplicates();
    }

    private static void put(Recipients recipients, String id) {
        recipients.put(id, new RecipientSettings(null, true, new WindowRule("^" + id + "$", null, null), null));
    }

    private static NewMessage wanted(String recipient, String content, @Nullable Instant deliverAfter) {
        return new NewMessage(recipient, new MessageContent(content), null, Priority.NORMAL, null, deliverAfter, null);
    }
}
