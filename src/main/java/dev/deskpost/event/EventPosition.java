package dev.deskpost.event;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in an {@link EventLog}; what {@code Last-Event-ID} says: {@code 3f9c2a17-42}.
 *
 * @param epoch of which log
 * @param number of the event that was read last
 */
public record EventPosition(String epoch, long number) {

    private static final int EPOCH_BYTES = 4;
    private static final int MAX_DIGITS = 18;

    /** Of somebody who has read another log than any that there is. */
    public static final EventPosition UNKNOWN = new EventPosition("", 0);

    static String newEpoch() {
        byte[] random = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** @return empty if nothing is given; {@link #UNKNOWN} for what is no position */
    public static Optional<EventPosition> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        String digits = text.substring(dash + 1);
        boolean valid = dash == EPOCH_BYTES * 2
                && !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return Optional.of(valid ? new EventPosition(text.substring(0, dash), Long.parseLong(digits)) : UNKNOWN);
    }

    @Override
    public String toString() {
        return epoch + "-" + number;
    }
}
