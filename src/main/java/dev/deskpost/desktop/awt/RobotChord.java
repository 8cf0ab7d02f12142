package dev.deskpost.desktop.awt;

import java.awt.Robot;
import java.awt.event.KeyEvent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Keys for a {@link Robot}, by the names that a {@code KeyChord} has for them. Without Deskpost's own types: the process
 * that runs it stays small.
 *
 * @param codes {@code KeyEvent.VK_}, in the order in which they are pressed
 */
record RobotChord(List<Integer> codes) {

    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("ctrl", KeyEvent.VK_CONTROL),
            Map.entry("shift", KeyEvent.VK_SHIFT),
            Map.entry("alt", KeyEvent.VK_ALT),
            // VK_WINDOWS has no key on X11
            Map.entry("super", KeyEvent.VK_META),
            Map.entry("enter", KeyEvent.VK_ENTER),
            Map.entry("tab", KeyEvent.VK_TAB),
            Map.entry("escape", KeyEvent.VK_ESCAPE),
            Map.entry("space", KeyEvent.VK_SPACE),
            Map.entry("backspace", KeyEvent.VK_BACK_SPACE),
            Map.entry("delete", KeyEvent.VK_DELETE),
            Map.entry("insert", KeyEvent.VK_INSERT),
            Map.entry("home", KeyEvent.VK_HOME),
            Map.entry("end", KeyEvent.VK_END),
            Map.entry("pageup", KeyEvent.VK_PAGE_UP),
            Map.entry("pagedown", KeyEvent.VK_PAGE_DOWN),
            Map.entry("up", KeyEvent.VK_UP),
            Map.entry("down", KeyEvent.VK_DOWN),
            Map.entry("left", KeyEvent.VK_LEFT),
            Map.entry("right", KeyEvent.VK_RIGHT));

    /** Such as {@code ctrl+v}. */
    static RobotChord parse(String chord) {
        return new RobotChord(
                Arrays.stream(chord.split("\\+", -1)).map(RobotChord::code).toList());
    }

    private static int code(String key) {
        Integer named = NAMED.get(key);
        if (named != null) {
            return named;
        }
        if (key.matches("[a-z0-9]")) {
            // VK_A to VK_Z and VK_0 to VK_9 are those characters' ASCII codes
            return Character.toUpperCase(key.charAt(0));
        }
        if (key.matches("f([1-9]|1[0-2])")) {
            return KeyEvent.VK_F1 + Integer.parseInt(key.substring(1)) - 1;
        }
        throw new IllegalArgumentException("unknown key " + key);
    }

    /** Whatever was pressed is released, in the opposite order, also when one of the keys is refused. */
    void press(Robot robot) {
        Deque<Integer> pressed = new ArrayDeque<>();
        try {
            for (int code : codes) {
                robot.keyPress(code);
                pressed.push(code);
            }
        } finally {
            for (int code : pressed) {
                robot.keyRelease(code);
            }
        }
    }
}
