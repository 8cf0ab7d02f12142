package dev.deskpost.desktop;

import java.time.Duration;

/** What came of measuring a desktop on a window of our own. */
public sealed interface Calibration {

    /**
     * How long it took.
     *
     * @param activate from the wish until the window was on top
     * @param focus from the wish until it was the active window and had the input focus
     * @param fetch from the paste keys until it had fetched a text
     */
    record Measured(Duration activate, Duration focus, Duration fetch) implements Calibration {}

    /** It could not be measured now, which harms nothing. */
    record NotMeasured(String reason) implements Calibration {}
}
