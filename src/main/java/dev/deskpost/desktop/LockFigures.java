package dev.deskpost.desktop;

import java.time.Duration;

/**
 * What was measured at the lock of a desktop since the process started. Figures of one moment.
 *
 * @param acquisitions how often the lock was taken
 * @param contended how often it was not free at once, whether it was taken in the end or not
 * @param timeouts how often it was not taken because the patience was up
 * @param waiting how many wait for it now
 * @param totalWait for how long all contended ones together waited; without those that still wait
 * @param longestWait the longest of these waits
 */
public record LockFigures(
        long acquisitions, long contended, long timeouts, int waiting, Duration totalWait, Duration longestWait) {}
