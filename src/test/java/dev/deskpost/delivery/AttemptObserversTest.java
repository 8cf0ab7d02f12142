package dev.deskpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.message.Claim;
import dev.deskpost.message.Priority;
import dev.deskpost.message.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class AttemptObserversTest {

    private static final Claim CLAIM = new Claim(
            "msg_1", 1, 1, 3, Trigger.FIRST, "one", Priority.NORMAL, "text", null, Instant.EPOCH, Instant.EPOCH);

    private final List<Step> heard = new ArrayList<>();

    private final AttemptObserver listener = new AttemptObserver() {
        @Override
        public void noted(Claim claim, Step step) {
            heard.add(step);
        }
    };

    private final AttemptObserver broken = new AttemptObserver() {
        @Override
        public void noted(Claim claim, Step step) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void kept(Claim claim, Step step) {
            throw new AssertionError("broken");
        }
    };

    @Test
    void hear_of_all_steps_and_of_the_earlier_ones_at_once() {
        AttemptLog attempt = new AttemptLog(CLAIM, Clock.systemUTC());
        attempt.note(Step.LOCKED);

        attempt.tell(observers(listener));
        assertThat(heard).containsExactly(Step.CLAIMED, Step.LOCKED);

        attempt.note(Step.FOUND);
        assertThat(heard).containsExactly(Step.CLAIMED, Step.LOCKED, Step.FOUND);
    }

    @Test
    void that_throw_disturb_neither_the_attempt_nor_the_others() {
        AttemptLog attempt = new AttemptLog(CLAIM, Clock.systemUTC());
        AttemptObservers both = observers(broken, listener);

        attempt.tell(both);
        attempt.note(Step.LOCKED);
        both.kept(CLAIM, Step.PASTING);

        assertThat(attempt.current()).isEqualTo(Step.LOCKED);
        assertThat(heard).containsExactly(Step.CLAIMED, Step.LOCKED);
    }

    @Test
    void that_ask_how_far_it_is_are_answered_while_one_is_told() throws InterruptedException {
        AttemptLog attempt = new AttemptLog(CLAIM, Clock.systemUTC());
        List<Step> asked = new ArrayList<>();
        attempt.tell(observers(new AttemptObserver() {
            @Override
            public void noted(Claim claim, Step step) {
                Thread other = new Thread(() -> asked.add(attempt.current()));
                other.start();
                try {
                    other.join(5_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }));

        attempt.note(Step.LOCKED);

        assertThat(asked).containsExactly(Step.CLAIMED, Step.LOCKED);
    }

    private static AttemptObservers observers(AttemptObserver... all) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        for (AttemptObserver one : all) {
            beans.addBean("observer" + beans.getBeanDefinitionCount(), one);
        }
        return new AttemptObservers(beans.getBeanProvider(AttemptObserver.class));
    }
}
