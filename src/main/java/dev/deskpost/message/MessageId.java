package dev.deskpost.message;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code msg_20261121_190500_1a2b3c4d}: UTC time of acceptance and eight random hexadecimal digits. */
public final class MessageId {

    private static final Pattern NAMED =
            Pattern.compile("(?<![A-Za-z0-9])msg_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}(?![A-Za-z0-9])");

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

    /** The ids that a text names, in their order, each once, and no more than {@code limit}. */
    public static List<String> namedIn(String text, int limit) {
        return NAMED.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(limit)
                .toList();
    }

    private static String stamp(Instant acceptedAt) {
        return TIME.format(acceptedAt) + "_" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    }
}
