package dev.deskpost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code deskpost.home} an absolute path and the directory exist, for its owner alone, before anything is opened
 * in it: it holds the token and everybody's messages.
 */
class HomeDirectory implements EnvironmentPostProcessor {

    static final String PROPERTY = "deskpost.home";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String user = System.getProperty("user.home");
        String wanted = environment.getProperty(PROPERTY, "");
        String given =
                wanted.isBlank() ? "~/.deskpost" : wanted; // An empty DESKPOST_HOME is not the current directory.
        Path home = Path.of(given.equals("~") || given.startsWith("~/") ? user + given.substring(1) : given)
                .toAbsolutePath()
                .normalize();
        try {
            create(home);
        } catch (IOException e) {
            // There is no log yet, and nobody who explains failures: UsableHome tries again, and says it.
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("deskpost-home", Map.of(PROPERTY, home.toString())));
    }

    /** Does nothing to one that exists. */
    static void create(Path home) throws IOException {
        boolean posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(home, ownerOnly);
    }
}
