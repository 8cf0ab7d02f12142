package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class CornersTest {

    private static final Bounds LARGE = new Bounds(0, 0, 1600, 1000);
    private static final Bounds SMALL_TO_THE_RIGHT = new Bounds(1600, 0, 800, 600);
    private static final Bounds TO_THE_LEFT_AND_LOWER = new Bounds(-800, 400, 800, 600);

    private static boolean isCorner(int x, int y, Bounds... monitors) {
        return Corners.isCorner(new Point(x, y), List.of(monitors));
    }

    @Test
    void of_one_monitor_are_four() {
        assertThat(isCorner(0, 0, LARGE)).isTrue();
        assertThat(isCorner(1599, 0, LARGE)).isTrue();
        assertThat(isCorner(0, 999, LARGE)).isTrue();
        assertThat(isCorner(1599, 999, LARGE)).isTrue();
    }

    @Test
    void are_neither_edges_nor_the_middle() {
        assertThat(isCorner(800, 0, LARGE)).isFalse();
        assertThat(isCorner(0, 500, LARGE)).isFalse();
        assertThat(isCorner(1, 1, LARGE)).isFalse();
        assertThat(isCorner(800, 500, LARGE)).isFalse();
    }

    @Test
    void are_not_where_the_pointer_can_go_on_to_the_next_monitor() {
        assertThat(isCorner(1599, 0, LARGE, SMALL_TO_THE_RIGHT)).isFalse();
        assertThat(isCorner(1600, 0, LARGE, SMALL_TO_THE_RIGHT)).isFalse();
        assertThat(isCorner(1600, 599, LARGE, SMALL_TO_THE_RIGHT)).isFalse();
    }

    @Test
    void are_where_the_next_monitor_is_too_small_to_go_on() {
        assertThat(isCorner(1599, 999, LARGE, SMALL_TO_THE_RIGHT)).isTrue();
        assertThat(isCorner(2399, 599, LARGE, SMALL_TO_THE_RIGHT)).isTrue();
        assertThat(isCorner(2399, 0, LARGE, SMALL_TO_THE_RIGHT)).isTrue();
    }

    @Test
    void may_have_negative_places() {
        assertThat(isCorner(-800, 400, LARGE, TO_THE_LEFT_AND_LOWER)).isTrue();
        assertThat(isCorner(-800, 999, LARGE, TO_THE_LEFT_AND_LOWER)).isTrue();
        assertThat(isCorner(0, 0, LARGE, TO_THE_LEFT_AND_LOWER)).isTrue();
        assertThat(isCorner(0, 999, LARGE, TO_THE_LEFT_AND_LOWER)).isFalse();
        assertThat(isCorner(-1, 400, LARGE, TO_THE_LEFT_AND_LOWER)).isFalse();
    }
}
