package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open folder that was checked to lie beneath the root. Where the system can do so (Linux: openat(2) and its family), it is
 * held by what it is and not by its name: files are listed, read and made in the folder that was checked, even if another is
 * put in its place meanwhile. Elsewhere the checked name is used.
 *
 * <p>Names are paths of one element as the system told them: not every name that others chose can be made from its text again.
 */
final class HeldFolder implements InboxAccess, AutoCloseable {

    private final Path root;
    private final Path path;
    private final DirectoryStream<Path> stream;

    private HeldFolder(Path root, Path path, DirectoryStream<Path> stream) {
        this.root = root;
        this.path = path;
        this.stream = stream;
    }

    /** Steps down from the root name by name and follows no link: both paths are real ones already. */
    @SuppressWarnings("StreamResourceLeak") // Whoever gets the folder closes it.
    static HeldFolder open(Path realRoot, Path real) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(realRoot);
        if (!(stream instanceof SecureDirectoryStream<Path>)) {
            stream.close();
            return new HeldFolder(realRoot, real, Files.newDirectoryStream(real));
        }
        for (Path name : realRoot.relativize(real)) {
            try (SecureDirectoryStream<Path> above = (SecureDirectoryStream<Path>) stream) {
                stream = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return new HeldFolder(realRoot, real, stream);
    }

    /** Its real path, as it was when it was opened. */
    Path path() {
        return path;
    }

    /** Tells the names in it, once for each time it is opened. */
    void names(Predicate<String> wanted, Consumer<Path> each) throws IOException {
        try {
            for (Path entry : stream) {
                Path name = Objects.requireNonNull(entry.getFileName());
                if (wanted.test(name.toString())) {
                    each.accept(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Of the entry itself, if there is one; links are not followed. */
    Optional<BasicFileAttributes> attributes(Path name) throws IOException {
        try {
            return Optional.of(
                    stream instanceof SecureDirectoryStream<Path> held
                            ? held.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                                    .readAttributes()
                            : Files.readAttributes(
                                    path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Tells this folder from any other that gets its name later; null where the system does not tell. */
    @Nullable
    Object identity() throws IOException {
        BasicFileAttributes attributes = stream instanceof SecureDirectoryStream<Path> held
                ? held.getFileAttributeView(BasicFileAttributeView.class).readAttributes()
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.fileKey();
    }

    /** Whether it is a regular file, or a link to one that lies beneath the root. */
    boolean isFile(Path name) {
        try {
            Optional<BasicFileAttributes> entry = attributes(name);
            if (entry.isPresent() && entry.get().isSymbolicLink()) {
                Path target = path.resolve(name).toRealPath();
                return target.startsWith(root) && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS);
            }
            return entry.isPresent() && entry.get().isRegularFile();
        } catch (IOException e) {
            return false; // Gone again, or a link to nothing
        }
    }

    /** Whether a file holds exactly these bytes. It must be a regular one: opening another could wait for ever. */
    boolean holds(Path name, byte[] bytes) throws IOException {
        try (SeekableByteChannel file = channel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (file.size() != bytes.length) {
                return false;
            }
            ByteBuffer found = ByteBuffer.allocate(bytes.length);
            while (found.hasRemaining() && file.read(found) >= 0) {
                // Until all was read; short reads are allowed.
            }
            return found.flip().equals(ByteBuffer.wrap(bytes));
        }
    }

    /** Makes a file that was not there, and returns when its content would survive the loss of power. */
    void create(Path name, byte[] bytes) throws IOException {
        try (SeekableByteChannel file = channel(
                name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                file.write(content);
            }
            // The channels of the default file system are file channels; another one's have no such promise to give.
            if (file instanceof FileChannel durable) {
                durable.force(true);
            }
        }
    }

    void delete(Path name) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> held) {
            held.deleteFile(name);
        } else {
            Files.delete(path.resolve(name));
        }
    }

    /** In one step; replaces what has the new name. */
    void move(Path name, Path newName) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> held) {
            held.move(name, held, newName);
        } else {
            Files.move(path.resolve(name), path.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Returns when the names in it would survive the loss of power. */
    void sync() throws IOException {
        sync(path);
    }

    static void sync(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Windows opens no folder for that.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written through it that could be lost.
        }
    }

    private SeekableByteChannel channel(Path name, Set<? extends OpenOption> how) throws IOException {
        return stream instanceof SecureDirectoryStream<Path> held
                ? held.newByteChannel(name, how)
                : Files.newByteChannel(path.resolve(name), how);
    }
}
