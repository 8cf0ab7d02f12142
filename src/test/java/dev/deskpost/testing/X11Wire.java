package dev.deskpost.testing;

import java.awt.Rectangle;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A second pair of eyes and hands on an X server, for tests: what it says about windows, focus and keys, and the keys and
 * clicks of a person. A few requests of the core protocol and XTEST, over the local socket, with the JDK alone: no
 * {@code xprop} or {@code xdotool} to install, no process to start for each question, and no code of Deskpost's.
 *
 * <p>Byte layouts: X Window System Protocol, appendix B, and the XTEST extension protocol. Any thread may call it.
 */
public final class X11Wire implements AutoCloseable {

    private static final int CLIENT_MESSAGE = 33;
    private static final int KEY_PRESS = 2;
    private static final int KEY_RELEASE = 3;
    private static final int BUTTON_PRESS = 4;
    private static final int BUTTON_RELEASE = 5;
    private static final int MOTION = 6;
    private static final int FOCUS_IN = 9;
    private static final int FOCUS_OUT = 10;
    private static final int SHIFT = 0xffe1;

    private static final Map<String, Integer> KEYSYMS = Map.ofEntries(
            Map.entry("shift", SHIFT),
            Map.entry("ctrl", 0xffe3),
            Map.entry("alt", 0xffe9),
            Map.entry("capslock", 0xffe5),
            Map.entry("enter", 0xff0d),
            Map.entry("tab", 0xff09),
            Map.entry("escape", 0xff1b),
            Map.entry("backspace", 0xff08),
            Map.entry("delete", 0xffff),
            Map.entry("insert", 0xff63),
            Map.entry("home", 0xff50),
            Map.entry("end", 0xff57));

    private static final short CORE_KEYBOARD = 0x100;

    private final SocketChannel socket;
    private final Map<String, Integer> atoms = new ConcurrentHashMap<>();
    private final int root;
    private final int firstKeycode;
    private final int[][] keysymsOfKeycode;
    private final int xtest;
    private final int xkb;
    private final int input;
    private final int inputEvents;
    private int got;
    private int heard;

    private X11Wire(SocketChannel socket, byte[] cookie) throws IOException {
        this.socket = socket;
        byte[] protocol = "MIT-MAGIC-COOKIE-1".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer hello = buffer(12 + padded(protocol.length) + padded(cookie.length));
        hello.put((byte) 'l').put((byte) 0).putShort((short) 11).putShort((short) 0);
        hello.putShort((short) protocol.length).putShort((short) cookie.length).putShort((short) 0);
        hello.put(protocol).position(12 + padded(protocol.length)).put(cookie);
        socket.write(hello.rewind());
        ByteBuffer head = read(8);
        ByteBuffer setup = read(4 * head.getShort(6));
        if (head.get(0) != 1) {
            throw new IOException("the X server refuses: "
                    + StandardCharsets.ISO_8859_1.decode(setup).toString().strip());
        }
        int vendor = padded(setup.getShort(16));
        int formats = 8 * setup.get(21);
        root = setup.getInt(32 + vendor + formats);
        firstKeycode = setup.get(26) & 0xff;
        keysymsOfKeycode = keyboard(firstKeycode, (setup.get(27) & 0xff) - firstKeycode + 1);
        xtest = extension("XTEST");
        xkb = extension("XKEYBOARD");
        input = extension("XInputExtension");
        inputEvents = ask(named(98, 0, "XInputExtension")).get(10) & 0xff;
        ask(request(xkb, 0, 4).putShort((short) 1).putShort((short) 0));
    }

    /** Connects to a local display such as {@code :7} with the cookie from an Xauthority file. */
    public static X11Wire connect(String display, Path authority) {
        try {
            String number = display.substring(display.indexOf(':') + 1).replaceAll("\\..*", "");
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of("/tmp/.X11-unix/X" + number));
            try {
                return new X11Wire(socket, cookie(Files.readAllBytes(authority), number));
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a process that was started on the display. */
    public static X11Wire connect() {
        return connect(System.getenv("DISPLAY"), Path.of(System.getenv("XAUTHORITY")));
    }

    // ------------------------------------------------------------------------------------------------ eyes

    /** The windows that the window manager manages, oldest first: {@code _NET_CLIENT_LIST}. */
    public List<Integer> clients() {
        List<Integer> clients = new ArrayList<>();
        ByteBuffer value = property(root, "_NET_CLIENT_LIST");
        while (value.remaining() >= 4) {
            clients.add(value.getInt());
        }
        return clients;
    }

    /** The one window with this title. */
    public int client(String title) {
        List<Integer> found =
                clients().stream().filter(window -> title(window).equals(title)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " windows are called " + title);
        }
        return found.get(0);
    }

    public String title(int window) {
        ByteBuffer title = property(window, "_NET_WM_NAME");
        // Old programs, xterm among them, know only ICCCM's name
        return title.hasRemaining()
                ? StandardCharsets.UTF_8.decode(title).toString()
                : StandardCharsets.ISO_8859_1
                        .decode(property(window, "WM_NAME"))
                        .toString();
    }

    /** The process that a window says it belongs to; 0 if it does not say. */
    public int pid(int window) {
        return cardinal(window, "_NET_WM_PID");
    }

    /** Where a window is on the screen, without the window manager's decorations. */
    public Rectangle bounds(int window) {
        ByteBuffer geometry = ask(request(14, 0, 4).putInt(window));
        ByteBuffer corner = ask(request(40, 0, 12).putInt(window).putInt(root));
        return new Rectangle(corner.getShort(12), corner.getShort(14), geometry.getShort(16), geometry.getShort(18));
    }

    /** What the window manager calls active; 0 is none. */
    public int activeWindow() {
        return cardinal(root, "_NET_ACTIVE_WINDOW");
    }

    /**
     * The managed window that contains the window with the server's input focus; 0 is none. Toolkits focus a child of
     * theirs: Java's is a 1 by 1 "focus proxy".
     */
    public int focusedClient() {
        Collection<Integer> clients = clients();
        int window = inputFocus();
        while (window > 1 && window != root && !clients.contains(window)) {
            window = parent(window);
        }
        return clients.contains(window) ? window : 0;
    }

    /** The window with the server's input focus itself; 0 is none, 1 is the one below the pointer. */
    public int inputFocus() {
        return ask(request(43, 0, 0)).getInt(8);
    }

    /** The window that owns a selection such as {@code CLIPBOARD}; 0 is none. */
    public int selectionOwner(String selection) {
        return ask(request(23, 0, 4).putInt(atom(selection))).getInt(8);
    }

    /** Where the pointer is on the screen, and in the low bits of the third number which modifiers and buttons are held. */
    public int[] pointer() {
        ByteBuffer reply = ask(request(38, 0, 4).putInt(root));
        return new int[] {reply.getShort(16), reply.getShort(18), reply.getShort(24)};
    }

    /** Whether any key is down. */
    public boolean anyKeyHeld() {
        ByteBuffer reply = ask(request(44, 0, 0));
        for (int i = 8; i < 40; i++) {
            if (reply.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Which of the keyboard's layouts counts, from 0. */
    public int layout() {
        return ask(request(xkb, 4, 4).putShort(CORE_KEYBOARD).putShort((short) 0))
                .get(12);
    }

    /** The keysyms of all keys, as the server has them now: the first keycode's first. */
    public List<List<Integer>> keysyms() {
        try {
            return Stream.of(keyboard(firstKeycode, keysymsOfKeycode.length))
                    .map(key -> IntStream.of(key).boxed().toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a window manager runs that follows EWMH and is ready to manage. */
    public boolean hasWindowManager() {
        int check = cardinal(root, "_NET_SUPPORTING_WM_CHECK");
        return check != 0
                && cardinal(check, "_NET_SUPPORTING_WM_CHECK") == check
                && property(root, "_NET_SUPPORTED").hasRemaining();
    }

    // ----------------------------------------------------------------------------------------------- hands

    /**
     * Asks the window manager to activate a window, as a pager does. It may refuse, and takes its time. It is shown an event of
     * now first: some go by the time of the last one, and the server moves no focus by a time before that of the last move.
     */
    public void activate(int window) {
        ByteBuffer nothing =
                request(18, 2, 20).putInt(root).putInt(atom("_TEST_CLOCK")).putInt(atom("STRING"));
        tell(nothing.put((byte) 8).put(new byte[3]).putInt(0));
        ByteBuffer event = request(25, 0, 40).putInt(root).putInt(0x00180000);
        event.put((byte) CLIENT_MESSAGE).put((byte) 32).putShort((short) 0);
        event.putInt(window).putInt(atom("_NET_ACTIVE_WINDOW")).putInt(2);
        tell(event);
    }

    /** Takes the focus for a window without asking anybody, whoever has it, as a program may do for its own. */
    public void focus(int window) {
        tell(request(42, 1, 8).putInt(window).putInt(0));
    }

    /** Takes a selection such as {@code CLIPBOARD}, and answers nobody who asks for it. */
    public void own(String selection) {
        tell(request(22, 0, 12).putInt(root).putInt(atom(selection)).putInt(0));
        inputFocus();
    }

    /** Breaks the connection of the client that has made this window or other resource, as {@code xkill} does. */
    public void kill(int resource) {
        tell(request(113, 0, 4).putInt(resource));
    }

    /**
     * Calls a part of the screen a monitor (RandR 1.5, RRSetMonitor), as {@code xrandr --setmonitor} does. It takes the
     * outputs of the first monitor there is, if that one is the server's own: the one that covers the whole screen goes.
     */
    public void setMonitor(String name, boolean primary, Rectangle place) {
        try {
            int randr = extension("RANDR");
            ByteBuffer present = ask(request(randr, 42, 8).putInt(root).put((byte) 1));
            int outputs = present.get(37) == 0 ? 0 : present.getShort(38);
            ByteBuffer monitor = request(randr, 43, 28 + 4 * outputs).putInt(root);
            monitor.putInt(atom(name)).put((byte) (primary ? 1 : 0)).put((byte) 0);
            monitor.putShort((short) outputs);
            monitor.putShort((short) place.x).putShort((short) place.y);
            monitor.putShort((short) place.width).putShort((short) place.height);
            monitor.putInt(0).putInt(0);
            for (int i = 0; i < outputs; i++) {
                monitor.putInt(present.getInt(56 + 4 * i));
            }
            tell(monitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many workspaces there are (EWMH). */
    public void desktops(int count) {
        messageWindowManager(root, "_NET_NUMBER_OF_DESKTOPS", count, 0);
    }

    public int currentDesktop() {
        return cardinal(root, "_NET_CURRENT_DESKTOP");
    }

    public void showDesktop(int desktop) {
        messageWindowManager(root, "_NET_CURRENT_DESKTOP", desktop, 0);
    }

    public int desktopOf(int window) {
        return cardinal(window, "_NET_WM_DESKTOP");
    }

    public void moveToDesktop(int window, int desktop) {
        messageWindowManager(window, "_NET_WM_DESKTOP", desktop, 2);
    }

    private void messageWindowManager(int window, String message, int first, int second) {
        ByteBuffer event = request(25, 0, 40).putInt(root).putInt(0x00180000);
        event.put((byte) CLIENT_MESSAGE).put((byte) 32).putShort((short) 0);
        event.putInt(window).putInt(atom(message)).putInt(first).putInt(second);
        tell(event);
    }

    /** Presses and releases keys together: {@code enter}, {@code ctrl+v}, {@code shift+insert}, {@code a}. */
    public void key(String chord) {
        String[] keys = chord.split("\\+", -1);
        for (String key : keys) {
            press(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            release(keys[i]);
        }
    }

    /**
     * The number of one of the keyboards, by its name (XInput 2, XIQueryDevice): Xvfb has "Xvfb keyboard" for a person and
     * "Virtual core XTEST keyboard" for programs, whose keys are those of {@link #key}.
     */
    public int keyboard(String name) {
        ask(request(input, 47, 4).putShort((short) 2).putShort((short) 2));
        ByteBuffer devices = ask(request(input, 48, 4));
        int at = 32;
        for (int i = 0; i < devices.getShort(8); i++) {
            int length = devices.getShort(at + 8);
            String its = StandardCharsets.UTF_8
                    .decode(devices.slice(at + 12, length))
                    .toString();
            if (its.equals(name)) {
                return devices.getShort(at);
            }
            int classes = devices.getShort(at + 6);
            at += 12 + padded(length);
            for (int j = 0; j < classes; j++) {
                at += 4 * devices.getShort(at + 2);
            }
        }
        throw new IllegalStateException("there is no keyboard called " + name);
    }

    /** Presses and releases a key of one keyboard; which key that is, the keymap says that counted at the start. */
    public void keyOf(int keyboard, String key) {
        int keycode = keycode(keysym(key));
        for (int type : new int[] {inputEvents + 1, inputEvents + 2}) {
            ByteBuffer request = request(xtest, 2, 32);
            request.put((byte) type).put((byte) keycode);
            tell(request.put(35, (byte) keyboard));
        }
    }

    /** Types characters that have a key of the keyboard, with Shift where needed. */
    public void type(String text) {
        text.chars().forEach(character -> {
            boolean shifted = keysymsOfKeycode[keycode(character) - firstKeycode][0] != character;
            key((shifted ? "shift+" : "") + (char) character);
        });
    }

    public void press(String key) {
        fake(KEY_PRESS, keycode(keysym(key)), 0, 0);
    }

    public void release(String key) {
        fake(KEY_RELEASE, keycode(keysym(key)), 0, 0);
    }

    /** Swaps the left and the right button for all programs, as a left-handed person does, or puts them back. */
    public void swapButtons() {
        ByteBuffer now = ask(request(117, 0, 0));
        int count = now.get(1) & 0xff;
        ByteBuffer request = request(116, count, padded(count));
        request.put(now.slice(32, count));
        byte first = request.get(4);
        if (ask(request.put(4, request.get(6)).put(6, first)).get(1) != 0) {
            throw new IllegalStateException("the buttons cannot be swapped while one is held");
        }
    }

    /** Another layout from now on, as a person's shortcut for it does; of {@code setxkbmap us,ru} 1 is the Russian one. */
    public void useLayout(int layout) {
        ByteBuffer request = request(xkb, 5, 12).putShort(CORE_KEYBOARD);
        tell(request.put(8, (byte) 1).put(9, (byte) layout));
    }

    /** Grabs the keyboard as an open menu or a screen locker does: every key comes here, wherever the focus is. */
    public void grabKeyboard() {
        grab(request(31, 0, 12).putInt(root).putInt(0).put((byte) 1).put((byte) 1));
    }

    public void ungrabKeyboard() {
        tell(request(32, 0, 4));
    }

    /** The same with the pointer: every click comes here. */
    public void grabPointer() {
        grab(request(26, 0, 20).putInt(root).putShort((short) 0xc).put((byte) 1).put((byte) 1));
    }

    public void ungrabPointer() {
        tell(request(27, 0, 4));
    }

    private void grab(ByteBuffer request) {
        int status = ask(request).get(1);
        if (status != 0) {
            throw new IllegalStateException("the grab is refused: " + status);
        }
    }

    /** How many keys and buttons came here since the last time. Only a grab brings them. */
    public synchronized int inputGot() {
        inputFocus();
        int count = got;
        got = 0;
        return count;
    }

    /** From now on counts what the window with the focus hears of the focus. */
    public synchronized void watchFocus() {
        tell(request(2, 0, 12).putInt(inputFocus()).putInt(1 << 11).putInt(1 << 21));
        heard = 0;
    }

    public synchronized int focusEvents() {
        inputFocus();
        return heard;
    }

    public void moveTo(int x, int y) {
        fake(MOTION, 0, x, y);
    }

    /** Clicks a point of a window, with the left button. */
    public void click(int window, int x, int y) {
        ByteBuffer onScreen = ask(request(40, 0, 12)
                .putInt(window)
                .putInt(root)
                .putShort((short) x)
                .putShort((short) y));
        clickAt(onScreen.getShort(12), onScreen.getShort(14));
    }

    /** Clicks a point of the screen, with the left button. */
    public void clickAt(int x, int y) {
        moveTo(x, y);
        button(1);
    }

    /** Turns the wheel by one step. */
    public void scrollDown() {
        button(5);
    }

    private void button(int number) {
        fake(BUTTON_PRESS, number, 0, 0);
        fake(BUTTON_RELEASE, number, 0, 0);
    }

    private void fake(int type, int detail, int x, int y) {
        ByteBuffer request = request(xtest, 2, 32);
        request.put((byte) type).put((byte) detail).putShort((short) 0);
        request.putInt(0).putInt(0).putInt(0).putInt(0);
        request.putShort((short) x).putShort((short) y);
        tell(request);
    }

    private static int keysym(String key) {
        Integer named = KEYSYMS.get(key);
        return named != null ? named : key.codePointAt(0);
    }

    private int keycode(int keysym) {
        for (int level = 0; level < 2; level++) {
            for (int i = 0; i < keysymsOfKeycode.length; i++) {
                if (keysymsOfKeycode[i].length > level && keysymsOfKeycode[i][level] == keysym) {
                    return firstKeycode + i;
                }
            }
        }
        throw new IllegalArgumentException("the keyboard has no key for keysym 0x" + Integer.toHexString(keysym));
    }

    private int[][] keyboard(int first, int count) throws IOException {
        ByteBuffer reply =
                ask(request(101, 0, 4).put((byte) first).put((byte) count).putShort((short) 0));
        int[][] keys = new int[count][reply.get(1)];
        reply.position(32);
        for (int[] key : keys) {
            for (int i = 0; i < key.length; i++) {
                key[i] = reply.getInt();
            }
        }
        return keys;
    }

    // ------------------------------------------------------------------------------------------------ wire

    private int extension(String name) throws IOException {
        ByteBuffer reply = ask(named(98, 0, name));
        if (reply.get(8) == 0) {
            throw new IOException("the X server has no " + name);
        }
        return reply.get(9) & 0xff;
    }

    private int atom(String name) {
        return atoms.computeIfAbsent(name, unknown -> ask(named(16, 0, unknown)).getInt(8));
    }

    private int parent(int window) {
        return ask(request(15, 0, 4).putInt(window)).getInt(12);
    }

    private int cardinal(int window, String name) {
        ByteBuffer value = property(window, name);
        return value.remaining() < 4 ? 0 : value.getInt();
    }

    /** A property's bytes; none where it, or the window, does not exist. */
    private ByteBuffer property(int window, String name) {
        ByteBuffer reply = ask(request(20, 0, 20)
                .putInt(window)
                .putInt(atom(name))
                .putInt(0)
                .putInt(0)
                .putInt(1 << 16));
        if (reply.get(0) == 0) {
            return buffer(0);
        }
        int bytes = reply.getInt(16) * (reply.get(1) / 8);
        return reply.position(32).limit(32 + bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer named(int opcode, int detail, String name) {
        ByteBuffer request = request(opcode, detail, 4 + padded(name.length()));
        request.putShort((short) name.length()).putShort((short) 0);
        return request.put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer request(int opcode, int detail, int bytes) {
        ByteBuffer request = buffer(4 + bytes);
        return request.put((byte) opcode).put((byte) detail).putShort((short) (request.capacity() / 4));
    }

    /** Without a reply; a question follows, so that the effect has happened on return. */
    private synchronized void tell(ByteBuffer request) {
        send(request);
        inputFocus();
    }

    /** Sends a request and returns its reply; an error's first byte is 0. */
    private synchronized ByteBuffer ask(ByteBuffer request) {
        send(request);
        try {
            while (true) {
                ByteBuffer answer = read(32);
                if (answer.get(0) == 1) {
                    ByteBuffer more = read(4 * answer.getInt(4));
                    return buffer(32 + more.capacity()).put(answer).put(more).rewind();
                }
                got += answer.get(0) >= KEY_PRESS && answer.get(0) <= BUTTON_RELEASE ? 1 : 0;
                heard += answer.get(0) == FOCUS_IN || answer.get(0) == FOCUS_OUT ? 1 : 0;
                boolean ourError = answer.get(0) == 0 && answer.get(10) == request.get(0);
                if (ourError) {
                    return answer;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(ByteBuffer request) {
        try {
            request.rewind();
            while (request.hasRemaining()) {
                socket.write(request);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer in = buffer(bytes);
        while (in.hasRemaining()) {
            if (socket.read(in) < 0) {
                throw new EOFException("the X server closed the connection");
            }
        }
        return in.rewind();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }

    /** Xauthority: family (2), then address, display number, name and data, each with its length (2), big-endian. */
    private static byte[] cookie(byte[] authority, String number) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(authority);
        while (in.hasRemaining()) {
            in.getShort();
            byte[][] fields = new byte[4][];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = new byte[in.getShort() & 0xffff];
                in.get(fields[i]);
            }
            if (new String(fields[1], StandardCharsets.US_ASCII).equals(number)) {
                return fields[3];
            }
        }
        throw new IOException("no key for display " + number);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
