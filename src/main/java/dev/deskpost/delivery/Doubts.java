package dev.deskpost.delivery;

import dev.deskpost.desktop.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When a fetched text proves too little, and the input box has to be read back before it is submitted.
 *
 * <p>A fetch tells that a program has read the clipboard, not for which paste keys. Where earlier ones may still wait in
 * the program's queue (its window was slow, or another program took the clipboard in between), the fetch may be theirs. And
 * beside a program that keeps taking the clipboard, the paste keys may find something else there after all.
 *
 * <p>Used by the executor's thread alone.
 */
final class Doubts {

    private final Duration afterTheft;
    private final Duration afterSilence;

    /** Window to the time until which its paste keys may still be waiting, and the program to which it belongs. */
    private final Map<Long, Unsettled> unsettled = new HashMap<>();

    private long theftUntil = System.nanoTime();

    private record Unsettled(Object program, long until) {}

    /**
     * @param afterTheft for how long another program that has taken the clipboard is expected to do so again
     * @param afterSilence for how long paste keys that nobody answered may still wait in a program's queue
     */
    Doubts(Duration afterTheft, Duration afterSilence) {
        this.afterTheft = afterTheft;
        this.afterSilence = afterSilence;
    }

    /** Whether what this window's program fetches must not be believed. All windows of a program have one clipboard. */
    boolean about(Target target) {
        long now = System.nanoTime();
        unsettled.values().removeIf(window -> window.until() - now <= 0);
        return theftUntil - now > 0
                || unsettled.values().stream()
                        .anyMatch(window -> window.program().equals(program(target)));
    }

    /** Another program took the clipboard while this window was to paste. */
    void clipboardTaken(Target target) {
        theftUntil = System.nanoTime() + afterTheft.toNanos();
        notSettled(target);
    }

    /** Paste keys were pressed, and it is not known what they have found or will find. */
    void notSettled(Target target) {
        unsettled.put(target.id().value(), new Unsettled(program(target), System.nanoTime() + afterSilence.toNanos()));
    }

    /** The window has done what was pressed: its box was read back. */
    void settled(Target target) {
        unsettled.remove(target.id().value());
    }

    private static Object program(Target target) {
        Long pid = target.window().pid();
        return pid == null ? target.id() : pid;
    }
}
