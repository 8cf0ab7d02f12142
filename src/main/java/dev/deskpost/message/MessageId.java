package dev.deskpost.message;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code msg_20261121_190500_1a2b3c4d}: UTC time of acceptance and eight random hexadecimal digits. */
final class MessageId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageId() {}

    static String at(Instant acceptedAt) {
        return "msg_" + stamp(acceptedAt);
    }

    /** {@code bc_20261121_190500_1a2b3c4d}: the same for messages that were accepted together. */
    static String ofBroadcastAt(Instant acceptedAt) {
        return "bc_" + stamp(acceptedAt);
    }

    /** What cannot be an id is not asked for: a zero character in it would be an error for some databases. */
    static boolean isId(String text) {
        return POSSIBLE.matcher(text).matches();
    }

    private static String stamp(Instant acceptedAt) {
        return TIME.format(acceptedAt) + "_" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    }
}
