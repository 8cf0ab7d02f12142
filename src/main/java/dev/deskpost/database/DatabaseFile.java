package dev.deskpost.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Makes the file of H2's database, empty and for its owner alone, before H2 does: H2 would let everybody read it who can enter
 * the directory, and every message is in it. H2 takes an empty file for a new database.
 *
 * <p>One that exists keeps its permissions, with a warning where others can read it. Where files have no such permissions, as
 * on Windows, nothing is done.
 */
class DatabaseFile implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(DatabaseFile.class);

    private static final String FILE = "jdbc:h2:file:";
    private static final String ENDING = ".mv.db";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** This user may not read and write the file. */
    static final class Unusable extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unusable(Path file) {
            super("The database " + file + " cannot be used: this user may not read and write it");
        }
    }

    /** Where the queue lies; empty if it is in no file whose place is known. */
    static Optional<Path> of(Environment environment) {
        String url = environment.getProperty(PostgresUrl.PROPERTY, "");
        if (!url.startsWith(FILE)) {
            return Optional.empty();
        }
        int end = url.indexOf(';');
        Path database = Path.of(url.substring(FILE.length(), end < 0 ? url.length() : end) + ENDING);
        return Optional.of(database).filter(Path::isAbsolute); // H2 has its own mind about '~' and '.'
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        of(context.getEnvironment())
                .filter(file ->
                        file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                .ifPresent(DatabaseFile::prepare);
    }

    private static void prepare(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            look(file);
        } catch (IOException e) {
            log.debug("H2 makes it, or says why it cannot", e);
        }
    }

    private static void look(Path file) {
        if (Files.isRegularFile(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw new Unusable(file);
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                log.warn(
                        "Others than its owner can read the messages in {} ({}) if they can enter its directory; run: chmod 600 {}",
                        file,
                        PosixFilePermissions.toString(permissions),
                        file);
            }
        } catch (IOException e) {
            log.debug("H2 says what is wrong with it", e);
        }
    }
}
