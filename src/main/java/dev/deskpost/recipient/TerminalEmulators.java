package dev.deskpost.recipient;

import dev.deskpost.desktop.Window;
import java.util.Locale;
import java.util.Set;

/**
 * Terminal emulators, known by their windows' class or by the name of their process. In them the keys that copy in other
 * programs interrupt whatever runs there. Others, such as an editor's own terminal, cannot be told from outside.
 */
public final class TerminalEmulators {

    private static final Set<String> CLASSES = Set.of(
            "alacritty",
            "com.mitchellh.ghostty",
            "com.raggesilver.blackbox",
            "contour",
            "cool-retro-term",
            "deepin-terminal",
            "dev.warp.warp",
            "foot",
            "gnome-terminal",
            "guake",
            "io.elementary.terminal",
            "kgx",
            "kitty",
            "konsole",
            "lxterminal",
            "mate-terminal",
            "mlterm",
            "org.gnome.console",
            "org.gnome.ptyxis",
            "org.gnome.terminal",
            "org.kde.konsole",
            "org.wezfurlong.wezterm",
            "qterminal",
            "rio",
            "rxvt",
            "sakura",
            "st",
            "st-256color",
            "terminator",
            "terminology",
            "tilda",
            "tilix",
            "urxvt",
            "uxterm",
            "xfce4-terminal",
            "xterm",
            "yakuake");

    private static final Set<String> PROCESSES = Set.of(
            "alacritty",
            "foot",
            "gnome-terminal-",
            "kgx",
            "kitty",
            "konsole",
            "wezterm-gui",
            "xfce4-terminal",
            "xterm");

    private TerminalEmulators() {}

    /** Whether the window says that it is one. */
    public static boolean show(Window window) {
        return CLASSES.contains(window.windowClass().toLowerCase(Locale.ROOT))
                || PROCESSES.contains(window.processName().toLowerCase(Locale.ROOT));
    }
}
