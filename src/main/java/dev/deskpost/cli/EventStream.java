package dev.deskpost.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads server-sent events line by line (WHATWG HTML, section 9.2.6). It lives as long as the reader does, over many
 * connections: an event that was cut off in the middle is forgotten, the id of the last whole one is kept.
 */
final class EventStream {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    /** What can be sent back in a header. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{0,1000}");

    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";
    private String lastEventId = "";
    private boolean isFirstLine = true;
    private Optional<Duration> retry = Optional.empty();

    /** A new connection. */
    void begin() {
        clear();
        id = lastEventId;
        isFirstLine = true;
    }

    /** Of the last whole event; empty if it had none. */
    String lastEventId() {
        return lastEventId;
    }

    /** How long to wait before a new connection, if the service has said so. */
    Optional<Duration> retry() {
        return retry;
    }

    /**
     * @param line without its end
     * @return the event that ends with it, if one does
     */
    Optional<Event> take(String line) {
        String read = isFirstLine && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        isFirstLine = false;
        if (read.isEmpty()) {
            return dispatch();
        }
        int colon = read.indexOf(':');
        if (colon != 0) {
            String value = colon < 0 ? "" : read.substring(colon + 1);
            field(colon < 0 ? read : read.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
        return Optional.empty();
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> id = ID.matcher(value).matches() ? value : id;
            case "retry" -> {
                if (DIGITS.matcher(value).matches()) {
                    retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // Later versions may have more.
            }
        }
    }

    private Optional<Event> dispatch() {
        lastEventId = id;
        if (data.isEmpty()) {
            clear();
            return Optional.empty();
        }
        Event event = new Event(type.isEmpty() ? "message" : type, lastEventId, data.substring(0, data.length() - 1));
        clear();
        return Optional.of(event);
    }

    private void clear() {
        data.setLength(0);
        type = "";
    }
}
