package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder of one recipient, by name. It need not exist, and what it is can change at any time: its recipient may put a file
 * or a link in its place. So each use opens it anew, and checks that it really lies beneath the root. Links are followed as
 * long as they stay there.
 *
 * <p>Folders that are missing are made for their owner alone (0700): agents run as the same user as Deskpost, as a rule. For
 * others make the folder beforehand, with the permissions that they need; what exists is used as it is.
 *
 * <p>What remains: where a folder is swapped for a link between the check and the making of a missing folder, an empty folder
 * can appear elsewhere. Only those can do that who may write beneath the root.
 *
 * @param root absolute, normalized; may not exist
 * @param name relative to it, not empty, without {@code ..}
 */
public record InboxFolder(Path root, Path name) implements InboxSetting {

    public InboxFolder {
        if (!root.isAbsolute()
                || name.isAbsolute()
                || !root.resolve(name).normalize().startsWith(root)) {
            throw new IllegalArgumentException(name + " beneath " + root);
        }
    }

    /** Where it is to be; its links are not followed. */
    public Path path() {
        return root.resolve(name);
    }

    /** Why it could not be used now, without making anything. A folder that is merely missing would be made. */
    public Optional<String> refusal() {
        InboxAccess access = open(false);
        if (access instanceof HeldFolder held) {
            held.close();
        }
        return access instanceof InboxRefused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /** Opens it for one use; makes what is missing if so wanted. The caller closes it. */
    InboxAccess open(boolean make) {
        try {
            if (make && !Files.isDirectory(root)) {
                Files.createDirectories(root, ownerOnly());
                HeldFolder.sync(root.resolveSibling("."));
            }
            Path realRoot = root.toRealPath();
            Path real = realRoot;
            for (Path each : name) {
                Path next = real.resolve(each);
                if (make) {
                    create(next);
                }
                Path followed = follow(next);
                if (!followed.startsWith(realRoot) || followed.equals(realRoot)) {
                    return new InboxRefused("a link leads out of " + root + ": " + next);
                }
                if (!Files.isDirectory(followed, LinkOption.NOFOLLOW_LINKS)) {
                    return new InboxRefused(next + " is not a folder");
                }
                real = followed;
            }
            return HeldFolder.open(realRoot, real);
        } catch (NoSuchFileException e) {
            return new InboxAccess.Missing(InboxRefused.reasonOf(e));
        } catch (IOException e) {
            return new InboxRefused(InboxRefused.reasonOf(e));
        }
    }

    private static Path follow(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(path)) {
                throw new IOException(path + " is a link to nothing", e);
            }
            throw e;
        }
    }

    private void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            return; // What it is, is looked at next.
        }
        HeldFolder.sync(folder.resolveSibling("."));
    }

    private FileAttribute<?>[] ownerOnly() {
        return root.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
