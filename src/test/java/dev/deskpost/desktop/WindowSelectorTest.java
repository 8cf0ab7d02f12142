package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.deskpost.desktop.WindowSelector.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowSelectorTest {

    private static final Instant START = Instant.parse("2026-11-21T19:00:00Z");

    private static Window window(long id, String title, String windowClass, String process) {
        return new Window(new WindowId(id), title, windowClass, 42L, process, START, new Bounds(0, 0, 10, 10), false);
    }

    @Test
    void every_given_part_must_match() {
        WindowSelector selector = WindowSelector.of("^Agent-2\\b", "Cursor", "^cursor$");
        assertThat(selector.matches(window(1, "Agent-2 - project", "Cursor", "cursor")))
                .isTrue();
        assertThat(selector.matches(window(1, "Agent-22", "Cursor", "cursor"))).isFalse();
        assertThat(selector.matches(window(1, "Agent-2", "cursor", "cursor"))).isFalse();
        assertThat(selector.matches(window(1, "Agent-2", "Cursor", "cursor-helper")))
                .isFalse();
    }

    @Test
    void a_selector_without_any_part_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> WindowSelector.of(null, null, null));
    }

    @Test
    void only_one_match_is_a_target() {
        WindowSelector selector = WindowSelector.of("Agent", null, null);
        Window first = window(1, "Agent-1", "", "");
        Window second = window(2, "Agent-2", "", "");
        Window other = window(3, "Mail", "", "");
        assertThat(selector.among(List.of(other))).isEqualTo(new Match.None(1));
        assertThat(selector.among(List.of(other, first))).isEqualTo(new Match.One(new Target(first, selector)));
        assertThat(selector.among(List.of(first, second))).isEqualTo(new Match.Several(List.of(first, second)));
    }

    @Test
    void a_hostile_title_is_matched_in_linear_time() {
        WindowSelector selector = WindowSelector.of("(a+)+$", null, null);
        long start = System.nanoTime();
        selector.matches(window(1, "a".repeat(4000) + "b", "", ""));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_pinned_window_is_another_one_when_anything_but_its_place_has_changed() {
        Window pinned = window(1, "Agent-1", "Cursor", "cursor");
        Target target = new Target(pinned, WindowSelector.of("^Agent-1", null, null));
        assertThat(target.isStill(window(1, "Agent-1 *", "Cursor", "cursor"))).isTrue();
        assertThat(target.isStill(window(2, "Agent-1", "Cursor", "cursor"))).isFalse();
        assertThat(target.isStill(window(1, "Agent-2", "Cursor", "cursor"))).isFalse();
        assertThat(target.isStill(window(1, "Agent-1", "Other", "cursor"))).isFalse();
        assertThat(target.isStill(
                        new Window(pinned.id(), "Agent-1", "Cursor", 43L, "cursor", START, pinned.bounds(), false)))
                .isFalse();
        assertThat(target.isStill(new Window(
                        pinned.id(), "Agent-1", "Cursor", 42L, "cursor", START.plusSeconds(1), pinned.bounds(), false)))
                .isFalse();
    }
}
