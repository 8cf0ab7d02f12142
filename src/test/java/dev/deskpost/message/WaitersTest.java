package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import dev.deskpost.message.DeliveryQueue.Reach;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import dev.deskpost.recipient.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealDatabase
class WaitersTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Predicate<Message> FINAL = message -> message.state().isFinal();

    @Autowired
    Waiters waiters;

    @Autowired
    Messages messages;

    @Autowired
    DeliveryQueue queue;

    @Autowired
    Recipients recipients;

    @Autowired
    JdbcClient database;

    @Autowired
    HandClock clock;

    @BeforeEach
    void somebodyToWriteTo() {
        clock.reset();
        WindowRule window = new WindowRule("^agent-1", null, null);
        recipients.put("agent-1", new RecipientSettings(null, null, window, null));
    }

    @AfterEach
    void nobodyIsLeft() {
        await().untilAsserted(() -> assertThat(waiters.count()).isZero());
    }

    @Test
    void who_waits_hears_of_the_end_at_once() throws Exception {
        String id = accept();
        var end = waiters.await(id, FINAL, LONG).orElseThrow();
        assertThat(end).isNotDone();

        messages.cancel(id);

        assertThat(state(end)).isEqualTo(MessageState.CANCELLED);
    }

    @Test
    void an_end_in_the_very_moment_is_not_missed() throws Exception {
        // Without the slow look, which would find it a second later.
        Waiters withoutLooks = new Waiters(messages, properties(1000, Duration.ofHours(1)));
        for (int i = 0; i < 300; i++) {
            String id = accept();
            CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
                messages.cancel(id);
                withoutLooks.on(new MessageChanged(id, "agent-2", MessageState.CANCELLED, false));
            });
            var end = withoutLooks.await(id, FINAL, LONG).orElseThrow();

            cancelled.get();
            assertThat(state(end)).isEqualTo(MessageState.CANCELLED);
        }
        assertThat(withoutLooks.count()).isZero();
        withoutLooks.destroy();
    }

    @Test
    void what_another_station_finishes_is_seen_a_little_later() throws Exception {
        String id = accept();
        var end = waiters.await(id, FINAL, LONG).orElseThrow();

        database.sql("update message set state = 'CANCELLED' where id = ?")
                .param(id)
                .update();

        assertThat(state(end)).isEqualTo(MessageState.CANCELLED);
    }

    @Test
    void a_message_that_is_removed_is_not_waited_for() throws Exception {
        String id = accept();
        var end = waiters.await(id, FINAL, LONG).orElseThrow();

        database.sql("delete from message where id = ?").param(id).update();

        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void the_time_is_up() throws Exception {
        Instant before = Instant.now();

        var end = waiters.await(accept(), FINAL, Duration.ofMillis(200)).orElseThrow();

        assertThat(state(end)).isEqualTo(MessageState.PENDING);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void who_goes_leaves_the_place_to_another() {
        Waiters two = new Waiters(messages, properties(2, Duration.ofSeconds(1)));
        String id = accept();
        var first = two.await(id, FINAL, LONG).orElseThrow();
        var second = two.await(id, FINAL, LONG).orElseThrow();
        assertThat(two.await(id, FINAL, LONG)).as("no place is free").isEmpty();

        first.cancel(false);

        assertThat(two.count()).isEqualTo(1);
        var third = two.await(id, FINAL, LONG).orElseThrow();
        List.of(second, third).forEach(each -> each.cancel(false));
        assertThat(two.count()).isZero();
        two.destroy();
    }

    @Test
    void all_are_answered_when_the_service_stops_and_those_who_come_then() throws Exception {
        Waiters stopping = new Waiters(messages, properties(100, Duration.ofSeconds(1)));
        List<CompletableFuture<Optional<Message>>> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ends.add(stopping.await(accept(), FINAL, LONG).orElseThrow());
        }

        stopping.on(new ContextClosedEvent(new GenericApplicationContext()));

        for (var end : ends) {
            assertThat(end).isDone();
            assertThat(state(end)).isEqualTo(MessageState.PENDING);
        }
        assertThat(stopping.await(accept(), FINAL, LONG).orElseThrow()).isDone();
        stopping.destroy();
        assertThat(stopping.await(accept(), FINAL, LONG).orElseThrow()).isDone();
        assertThat(stopping.count()).isZero();
    }

    @Test
    void all_end_at_once_when_the_service_stops_and_the_database_is_away() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean();
        Messages unreliable = mock(Messages.class);
        when(unreliable.findAll(anyCollection())).thenAnswer(call -> {
            if (away.get()) {
                asked.incrementAndGet();
                throw new DataAccessResourceFailureException("away");
            }
            return messages.findAll(call.getArgument(0));
        });
        Waiters stopping = new Waiters(unreliable, properties(100, Duration.ofHours(1)));
        List<CompletableFuture<Optional<Message>>> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ends.add(stopping.await(accept(), FINAL, LONG).orElseThrow());
        }
        away.set(true);

        stopping.on(new ContextClosedEvent(new GenericApplicationContext()));

        assertThat(ends).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(asked).as("each question takes long").hasValue(1);
        assertThat(stopping.count()).isZero();
        stopping.destroy();
    }

    @Test
    void one_takes_it_back_while_it_is_claimed_and_one_of_them_wins() throws Exception {
        int cancelled = 0;
        for (int i = 0; i < 200; i++) {
            String id = accept();
            // In the others they race: who wins there is chance, and may always be the same
            boolean claimFirst = i % 10 == 0;
            boolean cancelFirst = i % 10 == 1;
            CountDownLatch cancelledFirst = new CountDownLatch(cancelFirst ? 1 : 0);
            CompletableFuture<Optional<Claim>> claim = CompletableFuture.supplyAsync(() -> {
                awaitOpen(cancelledFirst);
                return queue.claimNext(Reach.ALL);
            });
            if (claimFirst) {
                claim.join();
            }
            boolean wasCancelled = cancel(id);
            cancelledFirst.countDown();

            Optional<Claim> taken = claim.get();

            assertThat(taken.isPresent()).as("claimed, or cancelled").isNotEqualTo(wasCancelled);
            assertThat(messages.find(id).orElseThrow().state())
                    .isEqualTo(wasCancelled ? MessageState.CANCELLED : MessageState.PROCESSING);
            taken.ifPresent(one -> queue.delivered(one, Channel.WINDOW, Evidence.PASTE));
            cancelled += wasCancelled ? 1 : 0;
        }
        assertThat(cancelled)
                .as("each wins at least where the other starts later")
                .isBetween(20, 180);
        assertThat(messages.figures().pending()).isZero();
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean cancel(String id) {
        try {
            messages.cancel(id);
            return true;
        } catch (WrongState e) {
            return false;
        }
    }

    private static MessageState state(CompletableFuture<Optional<Message>> end)
            throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(20, TimeUnit.SECONDS).orElseThrow().state();
    }

    private static MessageProperties properties(int maxWaiters, Duration lookInterval) {
        Duration day = Duration.ofDays(1);
        return new MessageProperties(3, day, Duration.ofMinutes(1), maxWaiters, lookInterval, 1000, 1000);
    }

    private String accept() {
        return messages.accept(
                        new NewMessage("agent-1", new MessageContent("hello"), null, Priority.NORMAL, null, null, null))
                .id();
    }
}
