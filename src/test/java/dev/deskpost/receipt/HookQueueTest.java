package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;

@Timeout(60)
class HookQueueTest {

    private static final int LIMIT = 3;

    private final Instant start = Instant.now();
    private final LostHooks lost = new LostHooks(Clock.systemUTC());
    private final HookQueue patient = queue(Duration.ofSeconds(30));
    private final HookQueue hasty = queue(Duration.ofMillis(20));
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);

    @AfterEach
    void stop() throws InterruptedException {
        slow.countDown();
        patient.stop();
        hasty.stop();
    }

    @Test
    void what_is_done_in_time_is_done_when_the_call_is_answered() {
        patient.work(() -> done.add(1));

        assertThat(done).containsExactly(1);
    }

    @Test
    void what_takes_longer_is_answered_and_goes_on_in_its_order() throws Exception {
        CountDownLatch all = new CountDownLatch(LIMIT);
        hasty.work(this::waitForIt);
        IntStream.range(0, LIMIT)
                .forEach(i -> hasty.work(() -> {
                    done.add(i);
                    all.countDown();
                }));
        assertThat(done).isEmpty();

        slow.countDown();

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly(0, 1, 2);
    }

    @Test
    void what_does_not_fit_is_dropped_and_later_events_are_taken_again() throws Exception {
        CountDownLatch all = new CountDownLatch(LIMIT + 1);
        hasty.work(this::waitForIt);
        IntStream.range(0, LIMIT + 5)
                .forEach(i -> hasty.work(() -> {
                    done.add(i);
                    all.countDown();
                }));
        slow.countDown();
        while (!all.await(1, TimeUnit.MILLISECONDS)) {
            hasty.work(() -> {
                done.add(99);
                all.countDown();
            });
        }

        assertThat(done).startsWith(0, 1, 2, 99).doesNotContain(3, 4, 5, 6, 7);
    }

    @Test
    void what_fails_disturbs_nobody() {
        patient.work(() -> {
            throw new IllegalStateException("the database is away");
        });
        patient.work(() -> done.add(1));

        assertThat(done).containsExactly(1);
    }

    @Test
    void what_fails_in_the_database_is_tried_again_some_times() {
        AtomicInteger tries = new AtomicInteger();
        patient.work(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new DuplicateKeyException("another station wrote down the first hook at the same moment");
            }
            done.add(1);
        });
        assertThat(done).containsExactly(1);
        assertThat(lost.anySince(start)).isFalse();

        patient.work(() -> {
            tries.incrementAndGet();
            throw new CannotCreateTransactionException("the database is away");
        });
        assertThat(tries).hasValue(6);
        assertThat(lost.anySince(start)).isTrue();
    }

    @Test
    void what_is_dropped_or_fails_is_known_to_be_lost() {
        patient.work(() -> done.add(1));
        assertThat(lost.anySince(start)).isFalse();
        patient.work(() -> {
            throw new IllegalStateException("a mistake of ours");
        });
        assertThat(lost.anySince(start)).isTrue();
        assertThat(lost.anySince(Instant.now().plusSeconds(60))).isFalse();
    }

    @Test
    void what_is_being_worked_on_when_the_service_stops_ends_and_is_not_interrupted() throws Exception {
        hasty.work(() -> {
            waitForIt();
            done.add(Thread.currentThread().isInterrupted() ? -1 : 1);
        });
        hasty.work(() -> done.add(2));
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(slow::countDown);

        hasty.stop();

        assertThat(done).as("ended, and what had not begun is dropped").containsExactly(1);
    }

    private HookQueue queue(Duration answerWithin) {
        return new HookQueue(
                new ReceiptProperties(
                        answerWithin, LIMIT, Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(1), 20, 50),
                lost);
    }

    private void waitForIt() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
