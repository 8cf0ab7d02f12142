package dev.deskpost.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What opens the service, and where it was found. Never printed: {@link #toString} does not have it.
 *
 * @param source for people: {@code the file /home/anna/.deskpost/token}
 */
record Token(String secret, String source) {

    /** RFC 6750, section 2.1. Anything else would be refused by the HTTP client, in a message that quotes it. */
    private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /**
     * What the command line says goes before the environment, and that before the file in the home directory, which is
     * found as the service finds it.
     *
     * @throws GivenUp if there is none
     */
    static Token find(@Nullable String given, @Nullable Path file, Map<String, String> environment) {
        if (given != null) {
            return checked(given, "--token");
        }
        if (file != null) {
            return read(file);
        }
        String inEnvironment = environment.getOrDefault("DESKPOST_TOKEN", "");
        return inEnvironment.isBlank()
                ? read(home(environment).resolve("token"))
                : checked(inEnvironment, "DESKPOST_TOKEN");
    }

    private static Path home(Map<String, String> environment) {
        String wanted = environment.getOrDefault("DESKPOST_HOME", "");
        String given = wanted.isBlank() ? "~/.deskpost" : wanted;
        String user = System.getProperty("user.home");
        return Path.of(given.equals("~") || given.startsWith("~/") ? user + given.substring(1) : given);
    }

    private static Token read(Path file) {
        try {
            return checked(Files.readString(file, StandardCharsets.ISO_8859_1), "the file " + file);
        } catch (NoSuchFileException e) {
            throw new GivenUp(
                    ExitCodes.NO_ACCESS,
                    "there is no token: the file " + file
                            + " does not exist. The service makes it in its home directory"
                            + " when it starts for the first time; if that is elsewhere, say --token-file=FILE");
        } catch (IOException e) {
            throw new GivenUp(
                    ExitCodes.NO_ACCESS,
                    "the token file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): it belongs to the user who runs the service");
        }
    }

    private static Token checked(String text, String source) {
        String secret = text.strip();
        if (!SENDABLE.matcher(secret).matches()) {
            throw new GivenUp(
                    ExitCodes.NO_ACCESS,
                    "what " + source + " holds is no token: letters, digits and -._~+/ in one line are expected");
        }
        return new Token(secret, source);
    }

    @Override
    public String toString() {
        return "the token from " + source;
    }
}
