package dev.deskpost.desktop.x11.wire;

import java.util.stream.IntStream;

/**
 * What the keys of a keyboard mean, in each of its groups (layouts). Symbols are keysyms (X protocol, Appendix A), groups
 * count from 0.
 */
public final class Keymap {

    private static final int FIRST_ENTRY = 40;
    private static final int ENTRY = 8;
    private static final int REDIRECT = 2;
    private static final int CLAMP = 1;

    private final Packet reply;
    private final int minKeycode;

    /** Where the entry of each keycode begins in the reply (KB_KEYSYMMAP): they are of different lengths. */
    private final int[] entries;

    private final int groups;

    Keymap(Packet reply) {
        this.reply = reply;
        this.minKeycode = reply.card8(17);
        this.entries = new int[reply.card8(20)];
        int offset = FIRST_ENTRY;
        int most = 1;
        for (int i = 0; i < entries.length; i++) {
            entries[i] = offset;
            most = Math.max(most, groupsOf(offset));
            offset += ENTRY + 4 * reply.card16(offset + 6);
        }
        this.groups = most;
    }

    /** How many groups the key with the most of them has; at least 1. */
    public int groups() {
        return groups;
    }

    public int minKeycode() {
        return minKeycode;
    }

    public int maxKeycode() {
        return minKeycode + entries.length - 1;
    }

    /** What a key gives while no modifier is held; 0 for nothing. */
    public int plain(int keycode, int group) {
        if (!has(keycode)) {
            return 0;
        }
        int entry = entries[keycode - minKeycode];
        int own = groupsOf(entry);
        return own == 0 ? 0 : symbol(entry, inRange(group, own, reply.card8(entry + 4)) * reply.card8(entry + 5));
    }

    /** Whether a key gives nothing, in no group and on no level. */
    public boolean isEmpty(int keycode) {
        if (!has(keycode)) {
            return true;
        }
        int entry = entries[keycode - minKeycode];
        return IntStream.range(0, reply.card16(entry + 6)).allMatch(i -> symbol(entry, i) == 0);
    }

    /** Keyboards may have different ranges of keycodes. */
    private boolean has(int keycode) {
        return keycode >= minKeycode && keycode <= maxKeycode();
    }

    private int symbol(int entry, int index) {
        return index < reply.card16(entry + 6) ? reply.int32(entry + ENTRY + 4 * index) : 0;
    }

    private int groupsOf(int entry) {
        return reply.card8(entry + 4) & 0xf;
    }

    /** Which of its groups a key with fewer of them uses: XKB 1.0, "Key Groups and Levels". */
    private static int inRange(int group, int own, int groupInfo) {
        if (group < own) {
            return group;
        }
        return switch (groupInfo >> 6) {
            case CLAMP -> own - 1;
            case REDIRECT -> (groupInfo >> 4 & 3) < own ? groupInfo >> 4 & 3 : 0;
            default -> group % own;
        };
    }
}
