package dev.deskpost.testing;

import java.awt.AWTEvent;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Frame;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Insets;
import java.awt.KeyboardFocusManager;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.AttributedString;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.DefaultEditorKit;

/**
 * Chat windows that write down what really happened to them: the judge of every delivery test. A test believes what
 * these windows recorded, never what the service says about itself.
 *
 * <pre>java ChatWindows.java --dir DIR [--stay] [--area X,Y,W,H] NAME[=TITLE]...</pre>
 *
 * <p>One process, one event thread, one window per NAME. Several windows of one process are one X client: where a test
 * needs windows of different clients (who may read the clipboard?) it starts several processes.
 *
 * <p>{@code DIR/NAME.jsonl} gets one JSON object a line, written before the window shows any reaction:
 *
 * <ul>
 *   <li>{@code submitted}: {@code text}, {@code urgent} (Ctrl+Enter); {@code empty-submit}: Enter, and no text
 *   <li>{@code pasted}: {@code length} in UTF-16 units; {@code empty-paste}: paste keys, but the clipboard gave nothing
 *   <li>{@code key}: a typed {@code char} that belongs to no paste and no submit, with {@code in} input or dialog. Tab,
 *       Escape, Backspace, Delete and the line break of Shift+Enter are such characters
 *   <li>{@code chord}: {@code keys} with Ctrl, Alt or Meta that are no paste and no submit, such as ctrl+a
 *   <li>{@code click}: {@code x}, {@code y} inside the window, {@code button} from 1; {@code dialog-answered}: somebody agreed to the dialog
 *   <li>{@code closed}
 * </ul>
 *
 * Each has {@code epochMicros}.
 *
 * <p>On standard output {@code READY} once every window is on the screen and painted, then one answer to each command:
 * {@code OK [result]} or {@code ERR why}, after the effect has reached the X server. In TEXT, Java's escapes of line break,
 * tab, backslash and UTF-16 unit stand for what a line cannot hold. Commands: {@code title NAME TEXT},
 * {@code close NAME}, {@code iconify NAME}, {@code bounds NAME X Y W H} (with decorations), {@code front NAME},
 * {@code slow NAME MILLIS}, {@code closes-at-paste NAME}, {@code asks-at-paste NAME}, {@code dialog NAME}, {@code undialog NAME}, {@code draft NAME TEXT}, {@code input NAME},
 * {@code where NAME}, {@code copy NAME TEXT}, {@code quit}.
 *
 * <p>Ends when standard input closes, so that it never outlives a killed test; with {@code --stay}, when its last window
 * is closed.
 *
 * <p>The JDK alone is enough to run it: it knows nothing of Deskpost, and cannot share its mistakes.
 */
public final class ChatWindows {

    private static final long COMMAND_LIMIT_MILLIS = 5_000;
    private static final long FOCUS_LIMIT_MILLIS = 1_000;
    private static final Color PAPER = new Color(0xF3F4F7);
    private static final Color INK = new Color(0x1F2430);
    private static final Color FAINT = new Color(0x8A90A0);
    private static final Color LINE = new Color(0xD9DCE4);
    private static final Color URGENT = new Color(0xC2410C);
    private static final Color[] ACCENTS = {
        new Color(0x3B5BDB), new Color(0x0B7285), new Color(0x7048E8), new Color(0x2B8A3E),
        new Color(0xA61E4D), new Color(0x5C5F66), new Color(0x1864AB), new Color(0x087F5B),
    };

    private final Map<String, ChatWindow> windows = new LinkedHashMap<>();
    private final List<Expectation> expectations = new ArrayList<>();

    private ChatWindows() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("awt.useSystemAAFontSettings", "on");
        Path directory = Path.of(".");
        Rectangle area = null;
        boolean stay = false;
        List<String> names = new ArrayList<>();
        for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--dir" -> directory = Files.createDirectories(Path.of(rest.next()));
                case "--area" -> area = rectangle(rest.next().split(","));
                case "--stay" -> stay = true;
                default -> {
                    if (!argument.matches("[\\w.-]+(=.*)?")) {
                        throw new IllegalArgumentException("a name is letters, digits, dots and dashes: " + argument);
                    }
                    names.add(argument);
                }
            }
        }
        if (names.isEmpty()) {
            System.err.println("usage: ChatWindows --dir DIR [--stay] [--area X,Y,W,H] NAME[=TITLE]...");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ChatWindows chat = new ChatWindows();
        chat.open(names, directory, area);
        out.println("READY");
        chat.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        if (!stay) {
            System.exit(0);
        }
    }

    private static Rectangle rectangle(String[] numbers) {
        return new Rectangle(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                Integer.parseInt(numbers[3]));
    }

    // ---------------------------------------------------------------------------------------------- windows

    private void open(List<String> names, Path directory, Rectangle wanted) throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            Rectangle area = wanted != null
                    ? wanted
                    : GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
            List<Rectangle> places = grid(names.size(), area);
            for (String given : names) {
                int equals = given.indexOf('=');
                String name = equals < 0 ? given : given.substring(0, equals);
                String title = equals < 0 ? given : given.substring(equals + 1);
                Color accent = ACCENTS[windows.size() % ACCENTS.length];
                Journal journal = new Journal(directory.resolve(name + ".jsonl"));
                windows.put(name, new ChatWindow(title, accent, journal, this::recheck));
            }
            watchEverything();
            Iterator<Rectangle> place = places.iterator();
            for (ChatWindow window : windows.values()) {
                window.setBounds(place.next());
                window.setVisible(true);
            }
        });
        expect(() -> windows.values().stream().allMatch(window -> window.isShowing() && window.painted));
        try {
            // A window manager focuses each new window, some milliseconds later: not when the test has gone on already
            expect(() -> windows.values().stream().allMatch(window -> window.focusedOnce), FOCUS_LIMIT_MILLIS);
        } catch (IllegalStateException e) {
            // There is none, or another program has the focus: nothing that the windows could do about
        }
    }

    /** Rows and columns whose cells come closest to a chat window's shape, with a gap between them. */
    private static List<Rectangle> grid(int count, Rectangle area) {
        int columns = 1;
        double best = Double.MAX_VALUE;
        for (int candidate = 1; candidate <= count; candidate++) {
            double rows = Math.ceil((double) count / candidate);
            double shape = (area.width / (double) candidate) / (area.height / rows);
            double offence = Math.abs(Math.log(shape / 0.95)) + 0.3 * (candidate * rows - count);
            if (offence < best) {
                best = offence;
                columns = candidate;
            }
        }
        int rows = (count + columns - 1) / columns;
        int gap = 10;
        int width = (area.width - gap * (columns + 1)) / columns;
        int height = (area.height - gap * (rows + 1)) / rows;
        List<Rectangle> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int x = area.x + gap + (i % columns) * (width + gap);
            int y = area.y + gap + (i / columns) * (height + gap);
            cells.add(new Rectangle(x, y, width, height));
        }
        return cells;
    }

    /** Records keys and clicks wherever in a window they arrive, and looks again at what commands wait for. */
    private void watchEverything() {
        KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(event -> {
            chatWindowOf(event.getComponent(), (window, inDialog) -> window.recordKey(event, inDialog));
            return false;
        });
        Toolkit.getDefaultToolkit()
                .addAWTEventListener(
                        event -> {
                            if (event instanceof MouseEvent click && click.getID() == MouseEvent.MOUSE_PRESSED) {
                                chatWindowOf(click.getComponent(), (window, inDialog) -> window.recordClick(click));
                            } else if (!(event instanceof MouseEvent)) {
                                SwingUtilities.invokeLater(this::recheck);
                            }
                        },
                        AWTEvent.MOUSE_EVENT_MASK
                                | AWTEvent.WINDOW_EVENT_MASK
                                | AWTEvent.WINDOW_STATE_EVENT_MASK
                                | AWTEvent.WINDOW_FOCUS_EVENT_MASK
                                | AWTEvent.FOCUS_EVENT_MASK
                                | AWTEvent.COMPONENT_EVENT_MASK);
    }

    private interface Reaction {
        void in(ChatWindow window, boolean inDialog);
    }

    private static void chatWindowOf(Component component, Reaction reaction) {
        Window window = component instanceof Window self ? self : SwingUtilities.getWindowAncestor(component);
        if (window instanceof ChatWindow chat) {
            reaction.in(chat, false);
        } else if (window != null && window.getOwner() instanceof ChatWindow chat) {
            reaction.in(chat, true);
        }
    }

    // --------------------------------------------------------------------------------------------- commands

    private void obey(BufferedReader commands, PrintStream out) throws Exception {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String answer;
            try {
                answer = ("OK " + obey(line)).strip();
            } catch (InvocationTargetException e) {
                answer = "ERR " + e.getCause();
            } catch (Exception e) {
                answer = "ERR " + e.getMessage();
            }
            out.println(answer.replace('\n', ' '));
            if (line.equals("quit")) {
                System.exit(0);
            }
        }
    }

    private String obey(String line) throws Exception {
        String[] words = line.split(" ", 3);
        if (words[0].equals("quit")) {
            return "";
        }
        ChatWindow window = words.length < 2 ? null : windows.get(words[1]);
        if (window == null) {
            throw new IllegalArgumentException("no such window in: " + line);
        }
        String rest = words.length < 3 ? "" : words[2];
        CompletableFuture<String> result = new CompletableFuture<>();
        switch (words[0]) {
            case "title" -> onEventThread(() -> window.rename(unescape(rest)));
            case "slow" -> onEventThread(() -> window.slowness = Integer.parseInt(rest));
            case "closes-at-paste" -> onEventThread(() -> window.afterPaste = window::dispose);
            case "asks-at-paste" ->
                onEventThread(() -> window.afterPaste = () -> SwingUtilities.invokeLater(window::askPermission));
            case "draft" -> onEventThread(() -> window.input.setText(unescape(rest)));
            case "input" -> onEventThread(() -> result.complete(Json.string(window.input.getText())));
            case "where" -> onEventThread(() -> result.complete(window.whereInput()));
            case "copy" ->
                onEventThread(() -> Toolkit.getDefaultToolkit()
                        .getSystemClipboard()
                        .setContents(new StringSelection(unescape(rest)), null));
            case "bounds" ->
                onEventThread(() -> {
                    window.setBounds(rectangle(rest.split(" ")));
                    window.validate();
                });
            case "close" -> {
                onEventThread(window::dispose);
                expect(() -> !window.isDisplayable());
            }
            case "iconify" -> {
                onEventThread(() -> window.setExtendedState(Frame.ICONIFIED));
                expect(() -> window.iconified);
            }
            case "front" -> {
                onEventThread(window::comeToFront);
                expect(window::isInFront);
            }
            case "in-front" -> expect(window::isInFront);
            case "dialog" -> {
                // The dialog blocks the code that shows it, until it is closed: so not on the event that answers
                SwingUtilities.invokeLater(window::askPermission);
                expect(() -> window.dialog.isShowing() && window.dialogPainted);
            }
            case "undialog" -> {
                onEventThread(() -> window.dialog.setVisible(false));
                expect(() -> !window.dialog.isShowing());
            }
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
        // AWT collects requests for up to 100 ms; other programs are to see the effect before the answer
        onEventThread(() -> Toolkit.getDefaultToolkit().sync());
        return result.getNow("");
    }

    private static void onEventThread(Runnable effect) throws Exception {
        SwingUtilities.invokeAndWait(effect);
    }

    private record Expectation(BooleanSupplier met, CompletableFuture<Void> when) {}

    /** Waits until a condition, looked at on the event thread after each event that could change it, is true. */
    private void expect(BooleanSupplier condition) throws Exception {
        expect(condition, COMMAND_LIMIT_MILLIS);
    }

    private void expect(BooleanSupplier condition, long limitMillis) throws Exception {
        CompletableFuture<Void> when = new CompletableFuture<>();
        onEventThread(() -> {
            expectations.add(new Expectation(condition, when));
            recheck();
        });
        try {
            when.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            onEventThread(() -> expectations.removeIf(expectation -> expectation.when == when));
            throw new IllegalStateException("did not happen within " + limitMillis + " ms", e);
        }
    }

    private void recheck() {
        expectations.removeIf(expectation -> {
            boolean met = expectation.met.getAsBoolean();
            if (met) {
                expectation.when.complete(null);
            }
            return met;
        });
    }

    /** The escapes of TEXT; a backslash before anything else stands for that. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(kind);
            }
        }
        return plain.toString();
    }

    // ------------------------------------------------------------------------------------------- one window

    private static final class ChatWindow extends JFrame {

        private final Journal journal;
        private final Header header;
        private final Transcript transcript;
        private final Input input = new Input();
        private final JDialog dialog;
        private boolean painted;
        private boolean dialogPainted;
        private boolean iconified;
        private boolean focusedOnce;
        private int slowness;
        private Runnable afterPaste = () -> {};

        ChatWindow(String title, Color accent, Journal journal, Runnable changed) {
            super(title);
            this.journal = journal;
            this.header = new Header(title, accent);
            this.transcript = new Transcript(accent);
            this.dialog = permissionDialog(changed);
            setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
            JPanel content = new JPanel(new BorderLayout()) {
                @Override
                protected void paintChildren(Graphics g) {
                    super.paintChildren(g);
                    if (!painted) {
                        painted = true;
                        SwingUtilities.invokeLater(changed);
                    }
                }
            };
            content.add(header, BorderLayout.NORTH);
            content.add(transcript, BorderLayout.CENTER);
            content.add(inputBox(), BorderLayout.SOUTH);
            setContentPane(content);
            WindowAdapter listener = new WindowAdapter() {
                @Override
                public void windowOpened(WindowEvent event) {
                    input.requestFocusInWindow();
                }

                @Override
                public void windowIconified(WindowEvent event) {
                    iconified = true;
                }

                @Override
                public void windowDeiconified(WindowEvent event) {
                    iconified = false;
                }

                @Override
                public void windowGainedFocus(WindowEvent event) {
                    focusedOnce = true;
                }

                @Override
                public void windowClosed(WindowEvent event) {
                    journal.write("closed", "");
                }
            };
            addWindowListener(listener);
            addWindowFocusListener(listener);
        }

        private JComponent inputBox() {
            input.setRows(3);
            input.setLineWrap(true);
            input.setWrapStyleWord(true);
            input.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
            input.setForeground(INK);
            input.setMargin(new Insets(4, 6, 4, 6));
            bind("ENTER", "submit", () -> submit(false));
            bind("ctrl ENTER", "submit-urgent", () -> submit(true));
            input.getInputMap().put(KeyStroke.getKeyStroke("shift ENTER"), DefaultEditorKit.insertBreakAction);
            JScrollPane scroll = new JScrollPane(input);
            scroll.setBorder(BorderFactory.createLineBorder(LINE, 1));
            JPanel box = new JPanel(new BorderLayout());
            box.setBackground(Color.WHITE);
            box.setBorder(BorderFactory.createCompoundBorder(
                    BorderFactory.createMatteBorder(1, 0, 0, 0, LINE),
                    BorderFactory.createEmptyBorder(10, 12, 12, 12)));
            box.add(scroll, BorderLayout.CENTER);
            return box;
        }

        private void bind(String keys, String name, Runnable effect) {
            input.getInputMap().put(KeyStroke.getKeyStroke(keys), name);
            input.getActionMap().put(name, action(effect));
        }

        private static AbstractAction action(Runnable effect) {
            return new AbstractAction() {
                @Override
                public void actionPerformed(ActionEvent event) {
                    effect.run();
                }
            };
        }

        private void submit(boolean urgent) {
            String text = input.getText();
            if (text.isEmpty()) {
                journal.write("empty-submit", ",\"urgent\":" + urgent);
                return;
            }
            journal.write("submitted", ",\"text\":" + Json.string(text) + ",\"urgent\":" + urgent);
            input.setText("");
            transcript.add(text, urgent);
            header.count();
        }

        private void rename(String title) {
            setTitle(title);
            header.rename(title);
        }

        private void comeToFront() {
            setExtendedState(Frame.NORMAL);
            toFront();
            input.requestFocus();
        }

        /** A window whose dialog is open gives the focus on to it. */
        private boolean isInFront() {
            return dialog.isShowing() ? dialog.isFocused() : isFocused() && input.isFocusOwner();
        }

        /** The centre of the visible input, from the corner of what the X server calls this window: no decorations. */
        private String whereInput() {
            Rectangle seen = input.getVisibleRect();
            Point centre =
                    SwingUtilities.convertPoint(input, (int) seen.getCenterX(), (int) seen.getCenterY(), getRootPane());
            return centre.x + " " + centre.y;
        }

        // --- the dialog: what an agent shows before it does something, where Enter means yes

        private JDialog permissionDialog(Runnable changed) {
            // DOCUMENT_MODAL: the other windows of this process play other programs, and are not blocked
            JDialog created = new JDialog(this, "Permission", java.awt.Dialog.ModalityType.DOCUMENT_MODAL);
            JPanel content = new JPanel(new BorderLayout(0, 16)) {
                @Override
                protected void paintChildren(Graphics g) {
                    super.paintChildren(g);
                    if (!dialogPainted) {
                        dialogPainted = true;
                        SwingUtilities.invokeLater(changed);
                    }
                }
            };
            content.setBorder(BorderFactory.createEmptyBorder(20, 24, 20, 24));
            content.add(new JLabel("Allow the agent to run rm -rf build?"), BorderLayout.CENTER);
            JButton allow = new JButton(action(() -> {
                journal.write("dialog-answered", "");
                created.setVisible(false);
            }));
            allow.setText("Allow");
            content.add(allow, BorderLayout.SOUTH);
            created.setContentPane(content);
            created.getRootPane().setDefaultButton(allow);
            return created;
        }

        private void askPermission() {
            dialogPainted = false;
            dialog.pack();
            dialog.setLocationRelativeTo(this);
            dialog.setVisible(true);
        }

        // --- what arrives

        private void recordKey(KeyEvent event, boolean inDialog) {
            boolean chord = event.isControlDown() || event.isAltDown() || event.isMetaDown();
            String place = ",\"in\":\"" + (inDialog ? "dialog" : "input") + '"';
            if (event.getID() == KeyEvent.KEY_PRESSED && chord && !isModifier(event)) {
                KeyStroke stroke = KeyStroke.getKeyStrokeForEvent(event);
                if (inDialog || !belongsToPasteOrSubmit(stroke)) {
                    String modifiers = InputEvent.getModifiersExText(stroke.getModifiers());
                    String keys = modifiers + '+' + KeyEvent.getKeyText(event.getKeyCode());
                    journal.write("chord", ",\"keys\":" + Json.string(keys.toLowerCase(Locale.ROOT)) + place);
                }
            } else if (event.getID() == KeyEvent.KEY_TYPED && !chord) {
                boolean submit = event.getKeyChar() == '\n' && !event.isShiftDown() && !inDialog;
                if (!submit) {
                    journal.write("key", ",\"char\":" + Json.string(String.valueOf(event.getKeyChar())) + place);
                }
            }
        }

        private boolean belongsToPasteOrSubmit(KeyStroke stroke) {
            Object name = input.getInputMap().get(stroke);
            return DefaultEditorKit.pasteAction.equals(name) || "submit".equals(name) || "submit-urgent".equals(name);
        }

        private static boolean isModifier(KeyEvent event) {
            return switch (event.getKeyCode()) {
                case KeyEvent.VK_CONTROL,
                        KeyEvent.VK_SHIFT,
                        KeyEvent.VK_ALT,
                        KeyEvent.VK_META,
                        KeyEvent.VK_ALT_GRAPH,
                        KeyEvent.VK_UNDEFINED -> true;
                default -> false;
            };
        }

        private void recordClick(MouseEvent click) {
            Point at = SwingUtilities.convertPoint(click.getComponent(), click.getPoint(), getRootPane());
            journal.write("click", ",\"x\":" + at.x + ",\"y\":" + at.y + ",\"button\":" + click.getButton());
        }

        private final class Input extends JTextArea {

            /** Swing wraps in quadratic time: 64 KB in one line would hold the event thread for half a minute. */
            private static final int LONGEST_WRAPPED = 4_000;

            private int arrived;

            Input() {
                getDocument().addDocumentListener(new DocumentListener() {
                    @Override
                    public void insertUpdate(DocumentEvent event) {
                        arrived += event.getLength();
                    }

                    @Override
                    public void removeUpdate(DocumentEvent event) {}

                    @Override
                    public void changedUpdate(DocumentEvent event) {}
                });
            }

            /** A draft, or nothing again after a submit. */
            @Override
            public void setText(String text) {
                setLineWrap(text.length() <= LONGEST_WRAPPED);
                super.setText(text);
            }

            /** What a paste ends in. */
            @Override
            public void replaceSelection(String text) {
                if (text.length() > LONGEST_WRAPPED) {
                    setLineWrap(false);
                }
                super.replaceSelection(text);
            }

            @Override
            public void paste() {
                if (slowness > 0) {
                    playBusy(slowness);
                }
                arrived = 0;
                super.paste();
                if (arrived > 0) {
                    journal.write("pasted", ",\"length\":" + arrived);
                } else {
                    journal.write("empty-paste", "");
                }
                Runnable once = afterPaste;
                afterPaste = () -> {};
                once.run();
            }

            /** Holds the event thread, as a program does that is busy when the paste keys arrive. */
            private static void playBusy(int millis) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }

    // ---------------------------------------------------------------------------------------------- drawing

    private static Graphics2D smooth(Graphics g) {
        Graphics2D smooth = (Graphics2D) g.create();
        smooth.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        smooth.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return smooth;
    }

    private static final class Header extends JComponent {

        private final Color accent;
        private String title;
        private int messages;

        Header(String title, Color accent) {
            this.title = title;
            this.accent = accent;
            setPreferredSize(new Dimension(100, 52));
        }

        void rename(String newTitle) {
            title = newTitle;
            repaint();
        }

        void count() {
            messages++;
            repaint();
        }

        @Override
        protected void paintComponent(Graphics g) {
            Graphics2D pen = smooth(g);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, getWidth(), getHeight());
            pen.setColor(LINE);
            pen.fillRect(0, getHeight() - 1, getWidth(), 1);
            pen.setColor(accent);
            pen.fillOval(12, 9, 34, 34);
            pen.setColor(Color.WHITE);
            pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
            String initial = title.isEmpty()
                    ? "?"
                    : title.substring(0, title.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
            pen.drawString(initial, 29 - pen.getFontMetrics().stringWidth(initial) / 2, 32);
            pen.setColor(INK);
            pen.drawString(title, 56, 23);
            pen.setColor(FAINT);
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            pen.drawString(messages == 0 ? "waiting" : messages == 1 ? "1 message" : messages + " messages", 56, 40);
            pen.dispose();
        }
    }

    /** The newest messages, as bubbles from the bottom up. Older ones leave it: the journal keeps them. */
    private static final class Transcript extends JComponent {

        private static final int KEPT = 60;
        private static final int LONGEST = 700;
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

        private final Deque<Bubble> newestFirst = new ArrayDeque<>();
        private final Color accent;

        Transcript(Color accent) {
            this.accent = accent;
        }

        void add(String text, boolean urgent) {
            // A long message would cost the event thread, and so the next message, more than it shows
            String shown = text.length() <= LONGEST
                    ? text
                    : text.substring(0, LONGEST) + " … (" + text.length() + " characters)";
            String note = TIME.format(LocalTime.now(ZoneId.systemDefault())) + (urgent ? " · urgent" : "");
            newestFirst.addFirst(new Bubble(shown, note, urgent ? URGENT : accent));
            if (newestFirst.size() > KEPT) {
                newestFirst.removeLast();
            }
            repaint();
        }

        @Override
        protected void paintComponent(Graphics g) {
            Graphics2D pen = smooth(g);
            pen.setColor(PAPER);
            pen.fillRect(0, 0, getWidth(), getHeight());
            int bottom = getHeight() - 12;
            for (Bubble bubble : newestFirst) {
                bottom -= bubble.paint(pen, getWidth(), bottom) + 10;
                if (bottom < 0) {
                    break;
                }
            }
            pen.dispose();
        }
    }

    private static final class Bubble {

        private static final Font NOTE = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        private static final int PADDING = 10;

        private final String text;
        private final String note;
        private final Color color;
        private final List<TextLayout> lines = new ArrayList<>();
        private int laidOutFor = -1;

        Bubble(String text, String note, Color color) {
            this.text = text;
            this.note = note;
            this.color = color;
        }

        /** Paints it above {@code bottom} and tells its height. */
        int paint(Graphics2D pen, int width, int bottom) {
            if (laidOutFor != width) {
                layOut(pen.getFontRenderContext(), Math.max(60, width * 4 / 5));
                laidOutFor = width;
            }
            float high = 2 * PADDING - 4;
            float wide = 0;
            for (TextLayout line : lines) {
                high += line.getAscent() + line.getDescent() + line.getLeading();
                wide = Math.max(wide, line.getAdvance());
            }
            int boxWidth = Math.round(wide) + 2 * PADDING + 4;
            int boxHeight = Math.round(high);
            int left = width - 14 - boxWidth;
            int top = bottom - boxHeight - 16;
            pen.setColor(color);
            pen.fillRoundRect(left, top, boxWidth, boxHeight, 16, 16);
            pen.setColor(Color.WHITE);
            float baseline = top + PADDING - 2;
            for (TextLayout line : lines) {
                baseline += line.getAscent();
                float x = line.isLeftToRight() ? left + PADDING + 2 : left + boxWidth - PADDING - 2 - line.getAdvance();
                line.draw(pen, x, baseline);
                baseline += line.getDescent() + line.getLeading();
            }
            pen.setFont(NOTE);
            pen.setColor(color.equals(URGENT) ? URGENT : FAINT);
            pen.drawString(note, width - 16 - pen.getFontMetrics().stringWidth(note), bottom - 2);
            return boxHeight + 16;
        }

        private void layOut(FontRenderContext context, int width) {
            lines.clear();
            for (String paragraph : text.replace("\t", "    ").split("\n", -1)) {
                AttributedString styled = styled(paragraph.isEmpty() ? " " : paragraph);
                LineBreakMeasurer measurer = new LineBreakMeasurer(styled.getIterator(), context);
                int end = styled.getIterator().getEndIndex();
                while (measurer.getPosition() < end) {
                    lines.add(measurer.nextLayout(width));
                }
            }
        }

        private static AttributedString styled(String paragraph) {
            AttributedString styled = new AttributedString(paragraph);
            styled.addAttribute(TextAttribute.FONT, Fonts.BASE);
            for (int i = 0; i < paragraph.length(); ) {
                int codePoint = paragraph.codePointAt(i);
                int next = i + Character.charCount(codePoint);
                if (!Fonts.BASE.canDisplay(codePoint)) {
                    styled.addAttribute(TextAttribute.FONT, Fonts.thatShows(codePoint), i, next);
                }
                i = next;
            }
            return styled;
        }
    }

    /** Another font for what the usual one lacks: Java's own substitution knows neither emoji nor every CJK font. */
    private static final class Fonts {

        private static final Font BASE = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        private static final Map<Integer, Font> OTHERS = new HashMap<>();

        private static Font thatShows(int codePoint) {
            return OTHERS.computeIfAbsent(
                    codePoint,
                    wanted -> Stream.concat(
                                    OTHERS.values().stream(),
                                    Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment()
                                            .getAllFonts()))
                            .filter(font -> font.canDisplay(wanted))
                            .findFirst()
                            .map(font -> font.deriveFont(BASE.getSize2D()))
                            .orElse(BASE));
        }
    }

    // -------------------------------------------------------------------------------------------- recording

    private static final class Journal {

        private final OutputStream file;

        Journal(Path path) {
            try {
                file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** One write a line, not buffered: what a reader sees survives the death of this process. */
        void write(String event, String fields) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            String line = "{\"event\":\"" + event + '"' + fields + ",\"epochMicros\":" + now + "}\n";
            try {
                file.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Json {

        /** RFC 8259; a surrogate without its partner is no character and cannot be UTF-8, so it is escaped. */
        static String string(String text) {
            StringBuilder json = new StringBuilder("\"");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> json.append("\\\"");
                    case '\\' -> json.append("\\\\");
                    case '\n' -> json.append("\\n");
                    case '\t' -> json.append("\\t");
                    case '\r' -> json.append("\\r");
                    default -> {
                        boolean pair = Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                        if (pair) {
                            json.append(c).append(text.charAt(++i));
                        } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
                            json.append(String.format("\\u%04x", (int) c));
                        } else {
                            json.append(c);
                        }
                    }
                }
            }
            return json.append('"').toString();
        }
    }
}
