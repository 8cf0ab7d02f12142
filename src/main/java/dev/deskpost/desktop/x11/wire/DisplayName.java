package dev.deskpost.desktop.x11.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an X server listens, as {@code DISPLAY} says it: {@code [host]:number[.screen]} (X(7), "Display names").
 *
 * @param host the machine, or empty for a local socket
 * @param number the display number
 * @param screen the screen, 0 if not given
 */
public record DisplayName(String host, int number, int screen) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?:unix|tcp)/)?([^:/]*|\\[[0-9a-fA-F:]+]):(\\d{1,5})(?:\\.(\\d{1,3}))?");
    private static final int FIRST_TCP_PORT = 6000;

    /** @throws IllegalArgumentException if the text is no display name */
    public static DisplayName parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a display name such as :0 or host:10.0");
        }
        String host = matcher.group(1).equals("unix") ? "" : matcher.group(1);
        String screen = matcher.group(3);
        return new DisplayName(host, Integer.parseInt(matcher.group(2)), screen == null ? 0 : Integer.parseInt(screen));
    }

    boolean isLocal() {
        return host.isEmpty();
    }

    String socketPath() {
        return "/tmp/.X11-unix/X" + number;
    }

    int tcpPort() {
        return FIRST_TCP_PORT + number;
    }

    @Override
    public String toString() {
        return host + ":" + number + (screen == 0 ? "" : "." + screen);
    }
}
