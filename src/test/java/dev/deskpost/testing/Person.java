package dev.deskpost.testing;

import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who works at the desk while messages arrive: types into whatever window has the focus, in bursts of 3 to 12
 * letters with 50 to 150 ms from one to the next and Shift held for the capitals; moves the pointer; clicks into a window
 * of their own or onto the empty desktop. 0.3 to 3 s pass between two bursts, and after a number of them the person leaves.
 *
 * <p>Recognised by what they type: only {@link #LETTERS}, which no test message may contain, and which belong to no chord
 * of Deskpost's. Such a character in a window is the person's; in a submitted text it makes that text wrong. They never
 * press Enter, and stay away from the screen's corners. Records {@code typed} ({@code char}, {@code into}: the title of the
 * window that had the focus), {@code clicked} ({@code x}, {@code y}), {@code moved} and at the end {@code left}.
 */
final class Person {

    static final String LETTERS = "qzjQZJ";

    /** In the strip below the chat windows. */
    static final int WINDOW_X = 40;

    static final int WINDOW_Y = 920;

    private static final Rectangle EMPTY_DESKTOP = new Rectangle(700, 920, 700, 50);
    private static final Rectangle AWAY_FROM_CORNERS = new Rectangle(200, 100, 1200, 800);

    private final X11Wire x11;
    private final Random random;
    private final Thieves.Journal journal;
    private final Deque<Move> plan = new ArrayDeque<>();
    private int burstsLeft;

    private record Move(int pauseMillis, Runnable what) {}

    Person(X11Wire x11, Random random, Thieves.Journal journal, int bursts) {
        this.x11 = x11;
        this.random = random;
        this.journal = journal;
        this.burstsLeft = bursts;
    }

    /** Whether a key in the person's own window is one that the person presses. */
    static boolean typed(KeyEvent key) {
        boolean letter = LETTERS.contains(KeyEvent.getKeyText(key.getKeyCode()).toLowerCase(Locale.ROOT));
        boolean shift = key.getKeyCode() == KeyEvent.VK_SHIFT;
        return (letter || shift) && !key.isControlDown() && !key.isAltDown() && !key.isMetaDown();
    }

    void work(ScheduledExecutorService clock) {
        if (plan.isEmpty() && burstsLeft > 0) {
            burstsLeft--;
            planBurst();
        }
        Move next = plan.poll();
        if (next == null) {
            journal.write("left", "");
            return;
        }
        ScheduledFuture<?> unused = clock.schedule(
                () -> {
                    next.what().run();
                    work(clock);
                },
                next.pauseMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void planBurst() {
        plan.add(new Move(between(300, 3_000), () -> {}));
        switch (random.nextInt(8)) {
            case 0 -> planMove(anywhere(AWAY_FROM_CORNERS));
            case 1 -> planClick(anywhere(EMPTY_DESKTOP));
            case 2, 3 -> {
                planClick(middleOfOwnWindow());
                planTyping();
            }
            default -> planTyping();
        }
    }

    private void planTyping() {
        int letters = between(3, 12);
        for (int i = 0; i < letters; i++) {
            String letter = String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length())));
            boolean capital = Character.isUpperCase(letter.charAt(0));
            if (capital) {
                plan.add(new Move(between(20, 60), () -> x11.press("shift")));
            }
            plan.add(new Move(between(30, 90), () -> press(letter)));
            plan.add(new Move(between(20, 60), () -> x11.release(letter)));
            if (capital) {
                plan.add(new Move(between(10, 30), () -> x11.release("shift")));
            }
        }
    }

    private void press(String letter) {
        String into = x11.title(x11.focusedClient()).replaceAll("[^\\w -]", "?");
        x11.press(letter);
        journal.write("typed", ",\"char\":\"" + letter + "\",\"into\":\"" + into + '"');
    }

    private void planMove(int[] to) {
        int steps = between(5, 12);
        int[] from = x11.pointer();
        for (int i = 1; i <= steps; i++) {
            int x = from[0] + (to[0] - from[0]) * i / steps;
            int y = from[1] + (to[1] - from[1]) * i / steps;
            plan.add(new Move(between(10, 40), () -> x11.moveTo(x, y)));
        }
        plan.add(new Move(0, () -> journal.write("moved", ",\"x\":" + to[0] + ",\"y\":" + to[1])));
    }

    private void planClick(int[] at) {
        planMove(at);
        plan.add(new Move(between(30, 120), () -> {
            x11.clickAt(at[0], at[1]);
            journal.write("clicked", ",\"x\":" + at[0] + ",\"y\":" + at[1]);
        }));
    }

    private int[] middleOfOwnWindow() {
        Rectangle own = x11.bounds(x11.client("person"));
        return new int[] {(int) own.getCenterX(), (int) own.getCenterY()};
    }

    private int[] anywhere(Rectangle area) {
        return new int[] {between(area.x, area.x + area.width), between(area.y, area.y + area.height)};
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
