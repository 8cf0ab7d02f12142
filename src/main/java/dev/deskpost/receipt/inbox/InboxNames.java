package dev.deskpost.receipt.inbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What files in an inbox are called, and what their names say. */
final class InboxNames {

    private static final String ENDING = ".md";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern OWN_STAMP = Pattern.compile("MESSAGE_[0-9]{8}_[0-9]{6}_");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT);

    /** Begins with a dot and has another ending, so that neither {@code *.md} nor {@code ls} shows it. */
    private static final Pattern TEMPORARY = Pattern.compile("\\.deskpost-[0-9a-f]{16}\\.tmp");

    private InboxNames() {}

    /** {@code MESSAGE_<yyyyMMdd_HHmmss>_<id>.md} in UTC; empty if id or time cannot be part of a name. */
    static Optional<String> ofLetter(InboxLetter letter) {
        if (!ID.matcher(letter.id()).matches()) {
            return Optional.empty();
        }
        Optional<String> stamp = stamp(letter.acceptedAt());
        return stamp.map(time -> "MESSAGE_" + time + "_" + letter.id() + ENDING);
    }

    private static Optional<String> stamp(Instant instant) {
        try {
            ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
            return time.getYear() < 0 || time.getYear() > 9999 ? Optional.empty() : Optional.of(TIME.format(time));
        } catch (DateTimeException e) {
            return Optional.empty(); // Further away than a date can be.
        }
    }

    static String ofTemporary() {
        return ".deskpost-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".tmp";
    }

    static boolean isTemporary(String name) {
        return TEMPORARY.matcher(name).matches();
    }

    /**
     * Whether a recipient names a message by it: {@code *.md} that holds the id with no letter or digit right before or after
     * it, is not hidden, and not what Deskpost itself calls the message's file.
     */
    static boolean names(String name, String id) {
        return name.endsWith(ENDING) && !name.startsWith(".") && holds(name, id) && !isOwn(name, id);
    }

    private static boolean holds(String name, String id) {
        for (int at = name.indexOf(id); at >= 0; at = name.indexOf(id, at + 1)) {
            int end = at + id.length();
            if ((at == 0 || !isLetterOrDigit(name.charAt(at - 1))) && !isLetterOrDigit(name.charAt(end))) {
                return true; // There is a character after it: the name ends in .md, and an id does not.
            }
        }
        return false;
    }

    private static boolean isOwn(String name, String id) {
        var stamp = OWN_STAMP.matcher(name);
        return stamp.lookingAt() && name.substring(stamp.end()).equals(id + ENDING);
    }

    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c);
    }

    /** Whether files can be told by it. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }
}
