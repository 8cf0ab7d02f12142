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
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JFrame;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/**
 * Programs that get in the way, as they do on real desktops.
 *
 * <ul>
 *   <li>{@code focus} plays a desktop full of notifications, pop-ups and an impatient person: every 20 to 200 ms a random
 *       window, or one of its own two, gets activated. Whatever key its own windows receive goes to {@code thief.jsonl}
 *       as {@code {"event":"key","keys":"pressed V"}}.
 *   <li>{@code clipboard} plays a clipboard manager or a second automation script: it takes the clipboard every 50 ms, and
 *       offers {@code stolen 1}, {@code stolen 2}, …
 * </ul>
 *
 * Prints {@code READY}, ends when standard input closes.
 *
 * <pre>java dev.deskpost.testing.Thieves --dir DIR focus|clipboard [SEED]</pre>
 */
public final class Thieves {

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    private Thieves() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        switch (args[2]) {
            case "focus" ->
                stealFocus(new Random(args.length > 3 ? Long.parseLong(args[3]) : 1), directory.resolve("thief.jsonl"));
            case "clipboard" -> stealClipboard();
            default -> throw new IllegalArgumentException("focus or clipboard, not " + args[2]);
        }
        System.out.println("READY");
        while (System.in.read() >= 0) {
            // Only its end matters
        }
        System.exit(0);
    }

    private static void stealFocus(Random random, Path file) throws Exception {
        OutputStream journal = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        SwingUtilities.invokeAndWait(() -> {
            KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(event -> {
                if (event.getID() == KeyEvent.KEY_PRESSED) {
                    record(journal, event);
                }
                return false;
            });
            for (int i = 0; i < 2; i++) {
                JFrame window = new JFrame("thief");
                window.add(new JTextField(12));
                window.pack();
                window.setLocation(20 + 300 * i, 20);
                window.setVisible(true);
            }
        });
        steal(X11Wire.connect(), random);
    }

    /** Through the window manager, as a pager or {@code wmctrl} does: the strongest way, nothing refuses it. */
    private static void steal(X11Wire x11, Random random) {
        List<Integer> windows = x11.clients();
        if (!windows.isEmpty()) {
            x11.activate(windows.get(random.nextInt(windows.size())));
        }
        ScheduledFuture<?> unused =
                CLOCK.schedule(() -> steal(x11, random), 20 + random.nextInt(181), TimeUnit.MILLISECONDS);
    }

    private static void record(OutputStream journal, KeyEvent event) {
        String keys = (KeyEvent.getModifiersExText(event.getModifiersEx())
                        + ' '
                        + KeyEvent.getKeyText(event.getKeyCode()))
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9+ ]", "?");
        try {
            journal.write(("{\"event\":\"key\",\"keys\":\"" + keys + "\"}\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stealClipboard() {
        AtomicInteger count = new AtomicInteger();
        ScheduledFuture<?> unused = CLOCK.scheduleAtFixedRate(
                () -> {
                    StringSelection loot = new StringSelection("stolen " + count.incrementAndGet());
                    Toolkit.getDefaultToolkit().getSystemClipboard().setContents(loot, null);
                    Toolkit.getDefaultToolkit().sync();
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }
}
