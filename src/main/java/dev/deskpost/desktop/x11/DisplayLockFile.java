package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.DisplayName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lock on a file that stands for a display, among the processes of one user. The file says who holds it, for people; it
 * stays when the lock is given back or its process dies, and means nothing without the lock.
 */
final class DisplayLockFile implements AutoCloseable {

    private static final int MAX_NOTE = 1000;
    private static final Pattern NOTE = Pattern.compile("pid (\\d{1,18})\nhost (.*)\n[\\s\\S]*");

    /**
     * The files that this process has locked. It must not even open one of them a second time: closing any channel of a
     * file gives up all locks that the process has on it (POSIX, {@code fcntl}). One list for the whole process, also where
     * several class loaders have loaded this class: the system's properties.
     */
    private static final Properties LOCKED_HERE = System.getProperties();

    private static final String KEY = "deskpost.locked:";

    private final Path file;
    private final FileChannel channel;

    private DisplayLockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory a real path, without links
     * @throws DesktopTaken if it is held, by another process or in this one
     * @throws DesktopUnavailable if the file cannot be used
     */
    static DisplayLockFile take(Path directory, DisplayName display) {
        Path file = directory.resolve(fileName(display));
        if (LOCKED_HERE.putIfAbsent(KEY + file, "") != null) {
            throw Holder.thisProcess().taken(display.toString());
        }
        try {
            return new DisplayLockFile(file, lock(file, display));
        } catch (IOException | UnsupportedOperationException e) {
            LOCKED_HERE.remove(KEY + file);
            throw new DesktopUnavailable("cannot lock the file " + file + ": " + e, e);
        } catch (RuntimeException e) {
            LOCKED_HERE.remove(KEY + file);
            throw e;
        }
    }

    /**
     * One name for all spellings of a display. Its screens share keyboard and pointer, so they are one. {@code :10} and
     * {@code localhost:10} are two: the second may be the far end of an ssh tunnel. Where they are the same server after all,
     * the manager selection tells.
     */
    static String fileName(DisplayName display) {
        String host = display.host().toLowerCase(Locale.ROOT);
        if (host.startsWith("127.") || host.equals("[::1]")) {
            host = "localhost";
        }
        String prefix = host.isEmpty() ? "" : URLEncoder.encode(host, StandardCharsets.UTF_8) + "-";
        return "deskpost-display-" + prefix + display.number() + ".lock";
    }

    private static FileChannel lock(Path file, DisplayName display) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() == null) {
                throw whoeverWrote(channel).taken(display.toString());
            }
            write(channel, note());
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String note() {
        ProcessHandle process = ProcessHandle.current();
        return "pid " + process.pid() + "\nhost " + Holder.thisProcess().host() + "\nstarted "
                + process.info().startInstant().map(Object::toString).orElse("") + "\n";
    }

    private static void write(FileChannel channel, String note) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static Holder whoeverWrote(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_NOTE);
        channel.read(bytes, 0);
        Matcher note = NOTE.matcher(StandardCharsets.UTF_8.decode(bytes.flip()));
        return note.matches()
                ? new Holder(OptionalLong.of(Long.parseLong(note.group(1))), note.group(2))
                : new Holder(OptionalLong.empty(), "");
    }

    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            // The lock goes with the channel, and the note means nothing without it.
        } finally {
            LOCKED_HERE.remove(KEY + file);
        }
    }
}
