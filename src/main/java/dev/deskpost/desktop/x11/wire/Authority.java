package dev.deskpost.desktop.x11.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys to X servers in an {@code .Xauthority} file (Xau(3)): a list of big-endian records of family, address, display
 * number, name and data, each but the family with a 16-bit length before it.
 */
public final class Authority {

    /** One key. A family of {@link #FAMILY_WILD} or an empty number fits any display. */
    @SuppressWarnings("ArrayRecordComponent") // Read once, compared never.
    record Entry(int family, String address, String number, String name, byte[] data) {

        boolean fits(DisplayName display, String localHost) {
            boolean rightNumber = number.isEmpty() || number.equals(Integer.toString(display.number()));
            boolean rightHost = family == FAMILY_WILD
                    || (family == FAMILY_LOCAL
                            ? (display.isLocal() || isLoopback(display.host())) && address.equals(localHost)
                            : !display.isLocal());
            return rightNumber && rightHost && name.equals(COOKIE);
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.startsWith("127.");
        }
    }

    static final String COOKIE = "MIT-MAGIC-COOKIE-1";
    static final int FAMILY_LOCAL = 256;
    static final int FAMILY_WILD = 65535;

    private final List<Entry> entries;

    private Authority(List<Entry> entries) {
        this.entries = entries;
    }

    /** No keys: for servers that let everybody in. */
    public static Authority none() {
        return new Authority(List.of());
    }

    /** Reads the file; a missing one holds no keys. */
    public static Authority read(Path file) throws IOException {
        return Files.isReadable(file) ? parse(Files.readAllBytes(file)) : none();
    }

    static Authority parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Entry> entries = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                int family = Short.toUnsignedInt(in.getShort());
                entries.add(new Entry(family, text(in), text(in), text(in), field(in)));
            }
        } catch (BufferUnderflowException cutOff) {
            // A file that is being rewritten may end in the middle of a record; the whole ones before it are good.
        }
        return new Authority(List.copyOf(entries));
    }

    /** The cookies to try for a display, best first: keys of this host, then the others for that display number. */
    List<byte[]> cookiesFor(DisplayName display, String localHost) {
        List<byte[]> cookies = new ArrayList<>();
        entries.stream()
                .filter(entry -> entry.fits(display, localHost))
                .map(Entry::data)
                .forEach(cookies::add);
        // A renamed host leaves its old name in the file: any key for that display number is worth a try.
        entries.stream()
                .filter(entry -> !entry.fits(display, localHost))
                .filter(entry ->
                        entry.name().equals(COOKIE) && entry.number().equals(Integer.toString(display.number())))
                .map(Entry::data)
                .forEach(cookies::add);
        return cookies;
    }

    private static String text(ByteBuffer in) {
        return new String(field(in), StandardCharsets.ISO_8859_1);
    }

    private static byte[] field(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }

    /** What this machine calls itself; empty if it does not know. */
    public static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
