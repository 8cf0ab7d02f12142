package dev.deskpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.dashboard.Waterfall.Bar;
import dev.deskpost.delivery.Attempt;
import dev.deskpost.delivery.AttemptStep;
import dev.deskpost.delivery.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaterfallTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T19:05:00Z");

    private static Attempt attempt(@Nullable Integer finishedAfter) {
        Attempt attempt = mock(Attempt.class);
        when(attempt.startedAt()).thenReturn(BEGIN);
        when(attempt.finishedAt()).thenReturn(finishedAfter == null ? null : BEGIN.plusMillis(finishedAfter));
        return attempt;
    }

    private static AttemptStep step(Step name, int millis) {
        AttemptStep step = mock(AttemptStep.class);
        when(step.step()).thenReturn(name);
        when(step.at()).thenReturn(BEGIN.plusMillis(millis));
        return step;
    }

    @Test
    void each_bar_reaches_from_the_step_before_to_its_own() {
        Waterfall fall =
                Waterfall.of(attempt(100), List.of(step(Step.CLAIMED, 0), step(Step.LOCKED, 25), step(Step.FOUND, 75)));

        assertThat(fall.bars()).extracting(Bar::step).containsExactly("CLAIMED", "LOCKED", "FOUND", "recorded");
        assertThat(fall.bars()).extracting(Bar::x).containsExactly(0L, 0L, 250L, 750L);
        assertThat(fall.bars()).extracting(Bar::width).containsExactly(4L, 250L, 500L, 250L);
        assertThat(fall.bars()).extracting(Bar::millis).containsExactly("0.0 ms", "25.0 ms", "50.0 ms", "25.0 ms");
        assertThat(fall.millis()).isEqualTo("100.0 ms");
    }

    @Test
    void one_that_still_runs_ends_with_its_last_step() {
        Waterfall fall = Waterfall.of(attempt(null), List.of(step(Step.CLAIMED, 0), step(Step.LOCKED, 2500)));
        assertThat(fall.bars()).extracting(Bar::step).containsExactly("CLAIMED", "LOCKED");
        assertThat(fall.millis()).isEqualTo("2.5 s");
    }

    @Test
    void bars_stay_inside_although_the_clock_was_set_back() {
        Waterfall fall = Waterfall.of(
                attempt(-50), List.of(step(Step.CLAIMED, 0), step(Step.LOCKED, 40), step(Step.FOUND, -60)));
        assertThat(fall.bars()).allSatisfy(bar -> {
            assertThat(bar.x()).isNotNegative();
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(Waterfall.WIDTH);
            assertThat(bar.took()).isGreaterThanOrEqualTo(Duration.ZERO);
        });
    }

    @Test
    void an_attempt_without_a_step_has_no_bars() {
        Waterfall fall = Waterfall.of(attempt(null), List.of());
        assertThat(fall.bars()).isEmpty();
        assertThat(fall.took()).isZero();
    }
}
