package dev.deskpost;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Refuses to start in a home directory that is none, or that this user cannot write to, before anything is opened in it; and
 * warns of one that others can look into. Runs as early as there is a log and somebody who explains failures.
 */
class UsableHome implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(UsableHome.class);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** The home directory is none, or is not this user's. The message says why. */
    static final class Unusable extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unusable(Path home, String why) {
            super("The home directory " + home + " cannot be used: " + why);
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path home = Path.of(context.getEnvironment().getRequiredProperty(HomeDirectory.PROPERTY));
        try {
            HomeDirectory.create(home);
        } catch (IOException e) {
            throw new Unusable(home, Files.exists(home) ? "it is a file, and no directory" : why(home, e));
        }
        if (!Files.isWritable(home) || !Files.isExecutable(home)) {
            throw new Unusable(home, "this user may not write there");
        }
        warnIfOthersCanEnter(home);
    }

    private static String why(Path home, IOException e) {
        if (e instanceof AccessDeniedException) {
            return "it does not exist, and this user may not make it in " + existing(home);
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return "it does not exist, and cannot be made in " + existing(home)
                + (reason == null ? "" : " (" + reason + ")");
    }

    private static Path existing(Path path) {
        Path above = path.getParent();
        return above == null || Files.exists(path) ? path : existing(above);
    }

    /** One that a person has made keeps its permissions: others may be meant to read what a person put there. */
    private static void warnIfOthersCanEnter(Path home) {
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(home);
            if (!OWNER_ONLY.containsAll(permissions)) {
                log.warn(
                        "Others than its owner can look into the home directory {} ({}); run: chmod 700 {}",
                        home,
                        PosixFilePermissions.toString(permissions),
                        home);
            }
        } catch (IOException e) {
            log.warn("Cannot see who may look into the home directory {}: {}", home, e.toString());
        }
    }
}
