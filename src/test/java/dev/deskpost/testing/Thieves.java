package dev.deskpost.testing;

import java.awt.KeyboardFocusManager;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.swing.JFrame;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/**
 * Programs and people that get in the way, as they do on real desktops. Each writes to {@code thief.jsonl} what it did, so
 * that one that never got in the way cannot pass for one that was withstood, and each key that was meant for somebody else
 * and came to a window of its own, as {@code {"event":"key","keys":"pressed V"}}. Each line has {@code epochMicros}.
 *
 * <ul>
 *   <li>{@code focus} plays a desktop full of notifications, pop-ups and an impatient person: every 20 to 200 ms a random
 *       window, or one of its own two, gets activated ({@code activated}).
 *   <li>{@code clipboard} plays a clipboard manager or a second automation script: it takes the clipboard every 50 ms, and
 *       offers {@code stolen 1}, {@code stolen 2}, … ({@code took}, with {@code from}: other, self or nobody).
 *   <li>{@code person} plays somebody who works there as well: {@link Person}.
 * </ul>
 *
 * Prints {@code READY}, ends when standard input closes.
 *
 * <pre>java dev.deskpost.testing.Thieves --dir DIR focus|clipboard|person SEED [BURSTS]</pre>
 */
public final class Thieves {

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    private Thieves() {}

    public static void main(String[] args) throws Exception {
        Journal journal = new Journal(Path.of(args[1]).resolve("thief.jsonl"));
        Random random = new Random(Long.parseLong(args[3]));
        switch (args[2]) {
            case "focus" -> {
                recordKeys(journal, key -> true);
                showWindow("thief", 20, 20);
                showWindow("thief", 320, 20);
                stealFocus(X11Wire.connect(), random, journal);
            }
            case "clipboard" -> stealClipboard(X11Wire.connect(), journal);
            case "person" -> {
                recordKeys(journal, key -> !Person.typed(key));
                showWindow("person", Person.WINDOW_X, Person.WINDOW_Y);
                new Person(X11Wire.connect(), random, journal, Integer.parseInt(args[4])).work(CLOCK);
            }
            default -> throw new IllegalArgumentException("focus, clipboard or person, not " + args[2]);
        }
        System.out.println("READY");
        while (System.in.read() >= 0) {
            // Only its end matters
        }
        System.exit(0);
    }

    /** What it did and what it got, one JSON object a line. */
    static final class Journal {

        private final OutputStream file;

        Journal(Path path) throws IOException {
            file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        /** @param fields more JSON fields, each with a comma before it */
        synchronized void write(String event, String fields) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            String line = "{\"event\":\"" + event + "\",\"epochMicros\":" + now + fields + "}\n";
            try {
                file.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void showWindow(String title, int x, int y) throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            JFrame window = new JFrame(title);
            window.add(new JTextField(12));
            window.pack();
            window.setLocation(x, y);
            window.setVisible(true);
        });
    }

    private static void recordKeys(Journal journal, Predicate<KeyEvent> meantForOthers) {
        KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(event -> {
            if (event.getID() == KeyEvent.KEY_PRESSED && meantForOthers.test(event)) {
                String keys = (KeyEvent.getModifiersExText(event.getModifiersEx())
                                + ' '
                                + KeyEvent.getKeyText(event.getKeyCode()))
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9+ ]", "?");
                journal.write("key", ",\"keys\":\"" + keys + '"');
            }
            return false;
        });
    }

    /** Through the window manager, as a pager or {@code wmctrl} does: the strongest way, nothing refuses it. */
    private static void stealFocus(X11Wire x11, Random random, Journal journal) {
        List<Integer> windows = x11.clients();
        if (!windows.isEmpty()) {
            int window = windows.get(random.nextInt(windows.size()));
            x11.activate(window);
            journal.write("activated", ",\"window\":" + window);
        }
        ScheduledFuture<?> unused =
                CLOCK.schedule(() -> stealFocus(x11, random, journal), 20 + random.nextInt(181), TimeUnit.MILLISECONDS);
    }

    private static void stealClipboard(X11Wire x11, Journal journal) {
        // Nobody else is at work yet: whoever owns it after the first time is this program
        takeClipboard("stolen 0");
        int self = x11.selectionOwner("CLIPBOARD");
        int[] count = {0};
        ScheduledFuture<?> unused = CLOCK.scheduleAtFixedRate(
                () -> {
                    int owner = x11.selectionOwner("CLIPBOARD");
                    takeClipboard("stolen " + ++count[0]);
                    String from = owner == 0 ? "nobody" : owner == self ? "self" : "other";
                    journal.write("took", ",\"from\":\"" + from + '"');
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    private static void takeClipboard(String loot) {
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(loot), null);
        Toolkit.getDefaultToolkit().sync();
    }
}
