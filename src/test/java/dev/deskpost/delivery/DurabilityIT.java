package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.MessageContent;
import dev.deskpost.message.Messages;
import dev.deskpost.message.NewMessage;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * What durable commits cost: how large the database file gets, and how many messages a second go through. Prints both.
 * {@code -Plong} takes a hundred thousand messages, the short form a few thousand. The desktop does not exist; what the
 * executor writes down for a message that it delivers is written down here.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "deskpost.home=target/test-homes/durability-${random.uuid}",
            "deskpost.desktop.display=:987",
            "deskpost.delivery.poll-interval=1h"
        })
class DurabilityIT {

    private static final int MESSAGES = Boolean.getBoolean("deskpost.test.long") ? 100_000 : 4_000;
    private static final int SENDERS = 50;
    private static final int RECIPIENTS = 8;
    private static final int MOST_MEGABYTES = 200;

    @Autowired
    Messages messages;

    @Autowired
    Recipients recipients;

    @Autowired
    DeliveryJournal journal;

    @Autowired
    ThreadPoolTaskScheduler deliveryExecutor;

    @Value("${deskpost.home}")
    Path home;

    @Test
    void the_file_stays_small_and_commits_are_shared() throws Exception {
        for (int i = 0; i < RECIPIENTS; i++) {
            recipients.put("agent-" + i, settings());
        }

        Duration accepting = timed(() -> acceptAtOnce(MESSAGES));
        deliveryExecutor.shutdown(); // It would take our attempts for ones that were cut off.
        Duration delivering = timed(() -> {
            while (deliverOne()) {
                // Until none is due.
            }
        });
        long megabytes = sizeOfDatabase() / 1_000_000;

        System.out.printf(
                Locale.ROOT,
                "%d messages: accepted by %d senders at %.0f a second, claimed and settled one by one at %.0f a second,"
                        + " database %d MB%n",
                MESSAGES,
                SENDERS,
                MESSAGES / (accepting.toMillis() / 1000.0),
                MESSAGES / (delivering.toMillis() / 1000.0),
                megabytes);
        assertThat(messages.figures().pending()).isZero();
        assertThat(megabytes).isLessThan(MOST_MEGABYTES);
    }

    private static RecipientSettings settings() {
        WindowRule rule = new WindowRule("^Agent$", null, null);
        return new RecipientSettings(null, null, rule, null);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Duration timed(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void acceptAtOnce(int count) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String text = "Message " + i + ": please look at the last build and say what broke it.";
                String recipient = "agent-" + i % RECIPIENTS;
                sent.add(senders.submit(() -> messages.accept(new NewMessage(
                        recipient, new MessageContent(text), "discord:alice", Priority.NORMAL, null, null, null))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private boolean deliverOne() {
        return journal.claimNext(Reach.ALL)
                .map(attempt -> {
                    attempt.note(Step.LOCKED);
                    attempt.note(Step.FOUND);
                    attempt.note(Step.FOCUSED);
                    attempt.note(Step.CLICKED);
                    attempt.note(Step.OFFERED);
                    attempt.note(Step.PASTING);
                    journal.keep(attempt);
                    attempt.note(Step.PASTED);
                    attempt.note(Step.SUBMITTING);
                    journal.keep(attempt);
                    attempt.note(Step.SUBMITTED);
                    attempt.note(Step.CONFIRMED);
                    return journal.settle(attempt, new DeliveryOutcome.Delivered(Evidence.PASTE), null);
                })
                .orElse(false);
    }

    private long sizeOfDatabase() throws IOException {
        try (var files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".mv.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
