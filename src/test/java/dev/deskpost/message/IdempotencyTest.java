package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.fixtures.RealDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealDatabase
class IdempotencyTest {

    private static final Idempotency.Key KEY = new Idempotency.Key("owner", "key-1");

    @Autowired
    Idempotency idempotency;

    @Autowired
    HandClock clock;

    @Autowired
    JdbcClient database;

    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void start() {
        clock.reset();
    }

    @Test
    void an_answer_is_given_again_for_a_day_and_then_the_key_is_free() {
        assertThat(once(KEY, "a").body()).isEqualTo("1");
        clock.pass(Duration.ofHours(24).minusSeconds(1));
        assertThat(once(KEY, "a").body()).isEqualTo("1");
        assertThatThrownBy(() -> once(KEY, "b")).isInstanceOf(IdempotencyKeyReused.class);

        clock.pass(Duration.ofSeconds(1));

        assertThat(once(KEY, "b").body()).as("though nobody has pruned it").isEqualTo("2");
        assertThat(once(KEY, "b").body()).isEqualTo("2");
    }

    @Test
    void a_long_answer_is_kept_as_it_is_and_no_location_is_none() {
        Idempotency.Answer answer = new Idempotency.Answer(202, null, "中🚀\"\\u0000\n".repeat(300_000));

        idempotency.once(KEY, "a", () -> answer);

        assertThat(idempotency.once(KEY, "a", this::call)).isEqualTo(answer);
    }

    @Test
    void each_caller_has_keys_of_its_own() {
        once(KEY, "a");

        assertThat(once(new Idempotency.Key("discord", "key-1"), "b").body()).isEqualTo("2");
    }

    @Test
    void a_call_that_fails_leaves_the_key_free() {
        assertThatThrownBy(() -> idempotency.once(KEY, "a", () -> {
                    throw new UnknownMessage("x");
                }))
                .isInstanceOf(UnknownMessage.class);

        assertThat(once(KEY, "b").body()).isEqualTo("1");
    }

    @Test
    void the_second_waits_for_the_first_and_gets_its_answer() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Idempotency.Answer> first =
                CompletableFuture.supplyAsync(() -> idempotency.once(KEY, "a", () -> {
                    begun.countDown();
                    await(mayEnd);
                    return call();
                }));
        begun.await();
        CompletableFuture<Idempotency.Answer> second = CompletableFuture.supplyAsync(() -> once(KEY, "a"));
        Idempotency.Key other = new Idempotency.Key("owner", "key-2");
        assertThat(once(other, "a").body()).as("other keys do not wait").isEqualTo("1");

        mayEnd.countDown();

        assertThat(first.get().body()).isEqualTo("2");
        assertThat(second.get().body()).isEqualTo("2");
    }

    @Test
    void the_second_takes_its_turn_where_the_first_was_refused() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Idempotency.Answer> first =
                CompletableFuture.supplyAsync(() -> idempotency.once(KEY, "a", () -> {
                    begun.countDown();
                    await(mayEnd);
                    throw new UnknownMessage("x");
                }));
        begun.await();
        CompletableFuture<Idempotency.Answer> second = CompletableFuture.supplyAsync(() -> once(KEY, "a"));

        mayEnd.countDown();

        assertThat(second.get().body()).isEqualTo("1");
        assertThatThrownBy(first::get).hasCauseInstanceOf(UnknownMessage.class);
    }

    @Test
    void keys_that_are_free_are_removed_a_few_at_a_time_the_oldest_first() {
        for (int i = 0; i < 5; i++) {
            once(new Idempotency.Key("owner", "key-" + i), "a");
            clock.pass(Duration.ofHours(1));
        }
        clock.pass(Duration.ofHours(21)); // The first three are a day old or more.

        assertThat(idempotency.prune(clock.instant(), 2)).isEqualTo(2);
        assertThat(keys()).isEqualTo(3);
        assertThat(idempotency.prune(clock.instant(), 2)).isEqualTo(1);
        assertThat(idempotency.prune(clock.instant(), 2)).isZero();
        assertThat(keys()).isEqualTo(2);
    }

    private int keys() {
        return database.sql("select count(*) from idempotency_key")
                .query(Integer.class)
                .single();
    }

    private Idempotency.Answer once(Idempotency.Key key, String hash) {
        Supplier<Idempotency.Answer> call = this::call;
        return idempotency.once(key, hash, call);
    }

    private Idempotency.Answer call() {
        return new Idempotency.Answer(202, "/x", String.valueOf(calls.incrementAndGet()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
