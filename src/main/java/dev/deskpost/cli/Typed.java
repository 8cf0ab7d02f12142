package dev.deskpost.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people and scripts give: texts and times. */
final class Typed {

    /** More than any message may have, so that the service can say what the limit is. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern FROM_NOW = Pattern.compile("\\+(\\d{1,9})([smhd])");

    private Typed() {}

    /**
     * An argument as it was typed.
     *
     * @throws GivenUp if Java could not read it: it decodes arguments by the locale, and in the locale {@code C} of many
     *     scripts everything but ASCII is lost
     */
    static String argument(String given) {
        if (given.indexOf('\uFFFD') >= 0) {
            throw new GivenUp(
                    ExitCodes.USAGE,
                    "this locale has no such characters as an argument has; set LC_ALL=C.UTF-8, or give the text on"
                            + " standard input");
        }
        return given;
    }

    /** The text of the message, from where the command line says. */
    static String text(@Nullable String argument, @Nullable Path file, ServiceOptions options) {
        if (file != null) {
            if (argument != null) {
                throw options.usage("there are two texts: an argument and --file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return read(in, "the file " + file);
            } catch (IOException e) {
                throw new GivenUp(
                        ExitCodes.USAGE,
                        "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
            }
        }
        if (argument != null && !argument.equals("-")) {
            return argument(argument);
        }
        if (Terminal.isTerminal()) {
            options.terminal().remark("Type the text, and end it with Ctrl-D on a line of its own:");
        }
        try {
            String text = read(System.in, "standard input");
            return text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        } catch (IOException e) {
            throw new GivenUp(ExitCodes.USAGE, "standard input cannot be read");
        }
    }

    /** A moment with its offset, or a time from now. Empty if it is neither. */
    static Optional<Instant> time(String given, Instant now) {
        Matcher fromNow = FROM_NOW.matcher(given.strip().toLowerCase(Locale.ROOT));
        if (fromNow.matches()) {
            long number = Long.parseLong(fromNow.group(1));
            return Optional.of(now.plus(
                    switch (fromNow.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    }));
        }
        try {
            return Optional.of(OffsetDateTime.parse(given.strip()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new GivenUp(ExitCodes.USAGE, name + " has more than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new GivenUp(ExitCodes.USAGE, name + " is no text in UTF-8");
        }
    }
}
