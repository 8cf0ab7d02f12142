package dev.deskpost.message;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** {@code msg_20261121_190500_1a2b3c4d}: UTC time of acceptance and eight random hexadecimal digits. */
final class MessageId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageId() {}

    static String at(Instant acceptedAt) {
        return "msg_" + TIME.format(acceptedAt) + "_" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    }
}
