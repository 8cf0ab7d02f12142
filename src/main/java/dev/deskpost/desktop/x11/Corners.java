package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import java.util.List;

/** The corners of a screen that may consist of several monitors: where the pointer stops in both directions. */
final class Corners {

    private Corners() {}

    /** @param monitors what the screen consists of */
    static boolean isCorner(Point point, List<Bounds> monitors) {
        boolean endsSideways = !isOn(point.x() - 1, point.y(), monitors) || !isOn(point.x() + 1, point.y(), monitors);
        boolean endsUpOrDown = !isOn(point.x(), point.y() - 1, monitors) || !isOn(point.x(), point.y() + 1, monitors);
        return endsSideways && endsUpOrDown;
    }

    private static boolean isOn(int x, int y, List<Bounds> monitors) {
        return monitors.stream().anyMatch(monitor -> monitor.contains(new Point(x, y)));
    }
}
