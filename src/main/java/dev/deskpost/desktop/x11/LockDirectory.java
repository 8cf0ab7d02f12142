package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the lock files of this user's displays are: {@code $XDG_RUNTIME_DIR} if it is ours (XDG Base Directory
 * Specification), else {@code deskpost-<user>} below the directory for temporary files.
 *
 * <p>Everybody may write to the latter, so what is found there under that name is not believed: it must be a directory, ours,
 * and closed to others. Otherwise somebody could make us write through a link of his.
 */
record LockDirectory(@Nullable String runtimeDirectory, Path temporary, String user) {

    static LockDirectory of(Map<String, String> environment) {
        return new LockDirectory(
                environment.get("XDG_RUNTIME_DIR"),
                Path.of(System.getProperty("java.io.tmpdir")),
                System.getProperty("user.name"));
    }

    /**
     * The directory, which exists then.
     *
     * @throws DesktopUnavailable if it cannot be made or is not to be trusted
     */
    Path path() {
        try {
            return runtimeDirectory != null && isOurs(Path.of(runtimeDirectory))
                    ? Path.of(runtimeDirectory).toRealPath()
                    : own();
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new DesktopUnavailable("cannot make the directory for the display's lock file: " + e, e);
        }
    }

    private Path own() throws IOException {
        Path directory = temporary.toRealPath().resolve("deskpost-" + URLEncoder.encode(user, StandardCharsets.UTF_8));
        try {
            return Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!isOurs(directory)) {
                throw new DesktopUnavailable("the display's lock file would lie in " + directory
                        + ", which is not a directory of this user alone (chmod 700): remove it, or set XDG_RUNTIME_DIR to"
                        + " one that is");
            }
            return directory;
        }
    }

    /** A directory, not a link to one, that belongs to us and that nobody else may write to. */
    private static boolean isOurs(Path directory) throws IOException {
        if (!directory.isAbsolute() || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return found.owner().equals(we(directory))
                && !found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** By the numbers of the system; {@code user.name} may be unknown to it, as in many containers. */
    private static UserPrincipal we(Path near) throws IOException {
        Path ourselves = Path.of("/proc/self");
        return Files.exists(ourselves)
                ? Files.getOwner(ourselves)
                : near.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }
}
