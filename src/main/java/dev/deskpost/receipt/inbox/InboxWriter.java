package dev.deskpost.receipt.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes messages into inboxes, as files that their recipients read.
 *
 * <ol>
 *   <li>Open the folder, checked to lie beneath the root; make it if it is missing.
 *   <li>Clear away what writes that were cut off have left.
 *   <li>Is the file there already? With the same content it is this message's, from a write whose end nobody heard of.
 *   <li>Write a temporary file that no tool takes for a message, and have it durable.
 *   <li>Give it its name by a hard link (link(2)): in one step, and never in place of another file.
 *   <li>Take the temporary name away, and have the folder durable.
 * </ol>
 *
 * <p>A file under a {@code *.md} name is whole at any moment, also after {@code kill -9}. A link goes astray only if it finds
 * the temporary file where the folder's name leads, so a folder that is swapped meanwhile gets nothing.
 *
 * <p>Where a file system knows no hard links (FAT, some network disks), the file is renamed after a look whether the name is
 * free. It still appears whole; but another program that makes a file of the very same name between look and rename loses it.
 * Writers of one process take turns there.
 */
public final class InboxWriter {

    /** What became of a letter. */
    public sealed interface Result permits Written, AlreadyThere, NotWritten {}

    /** The file was made, and outlives a loss of power. */
    public record Written(Path file) implements Result {}

    /** The very same file was there before, and outlives a loss of power. */
    public record AlreadyThere(Path file) implements Result {}

    /**
     * There is no such file, unless writing down that it is there has failed; to try again does no harm.
     *
     * @param reason for people, one line without a full stop
     */
    public record NotWritten(String reason) implements Result {

        public NotWritten {
            reason = OneLine.of(reason);
        }
    }

    /** link(2): fails if the new name is taken. */
    interface Link {
        void create(Path newName, Path existing) throws IOException;
    }

    private final Duration temporaryKeep;
    private final Link link;

    /** @param temporaryKeep how old a temporary file must be before it counts as left behind */
    public InboxWriter(Duration temporaryKeep) {
        this(temporaryKeep, Files::createLink);
    }

    InboxWriter(Duration temporaryKeep, Link link) {
        this.temporaryKeep = temporaryKeep;
        this.link = link;
    }

    /** Returns when the file is durable. To be called again with the same letter after any interruption. */
    public Result write(InboxFolder folder, InboxLetter letter) {
        Optional<String> name = InboxNames.ofLetter(letter);
        if (name.isEmpty()) {
            return new NotWritten("no file can be named after message '" + letter.id() + "' of " + letter.acceptedAt());
        }
        InboxAccess access = folder.open(true);
        if (access instanceof InboxAccess.None none) {
            return new NotWritten(none.reason());
        }
        try (HeldFolder held = (HeldFolder) access) {
            return write(held, Path.of(name.get()), letter.text().getBytes(UTF_8));
        } catch (IOException e) {
            return new NotWritten(folder.path() + ": " + InboxRefused.reasonOf(e));
        }
    }

    private Result write(HeldFolder folder, Path name, byte[] content) throws IOException {
        clearAway(folder);
        if (folder.attributes(name).isPresent()) {
            return compare(folder, name, content);
        }
        Path temporary = Path.of(InboxNames.ofTemporary());
        try {
            folder.create(temporary, content);
            publish(folder, temporary, name);
        } catch (FileAlreadyExistsException e) {
            return compare(folder, name, content); // Another writer was quicker.
        } finally {
            deleteIfThere(folder, temporary);
        }
        folder.sync();
        return new Written(folder.path().resolve(name));
    }

    private void publish(HeldFolder folder, Path temporary, Path name) throws IOException {
        try {
            link.create(folder.path().resolve(name), folder.path().resolve(temporary));
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException e) {
            rename(folder, temporary, name);
        } catch (FileSystemException e) {
            // Systems do not agree on the error for "no links here" (EPERM, EOPNOTSUPP, ENOSYS, EACCES): whatever else
            // it was,
            // the rename fails on, too.
            rename(folder, temporary, name);
        }
    }

    private synchronized void rename(HeldFolder folder, Path temporary, Path name) throws IOException {
        if (folder.attributes(name).isPresent()) {
            throw new FileAlreadyExistsException(name.toString());
        }
        folder.move(temporary, name);
    }

    private static Result compare(HeldFolder folder, Path name, byte[] content) throws IOException {
        Path file = folder.path().resolve(name);
        boolean regular =
                folder.attributes(name).map(BasicFileAttributes::isRegularFile).orElse(false);
        if (!regular || !folder.holds(name, content)) {
            return new NotWritten("something else has the name already: " + file);
        }
        folder.sync(); // Who made it may have died before.
        return new AlreadyThere(file);
    }

    /** What cannot be cleared away does no harm, and must not keep a message from being written. */
    private void clearAway(HeldFolder folder) throws IOException {
        List<Path> found = new ArrayList<>();
        folder.names(InboxNames::isTemporary, found::add);
        Instant old = Instant.now().minus(temporaryKeep);
        for (Path name : found) {
            Optional<BasicFileAttributes> file = folder.attributes(name);
            if (file.isPresent()
                    && file.get().isRegularFile()
                    && file.get().lastModifiedTime().toInstant().isBefore(old)) {
                deleteIfThere(folder, name);
            }
        }
    }

    private static void deleteIfThere(HeldFolder folder, Path name) {
        try {
            folder.delete(name);
        } catch (IOException e) {
            // It is gone already, or the next write clears it away.
        }
    }
}
