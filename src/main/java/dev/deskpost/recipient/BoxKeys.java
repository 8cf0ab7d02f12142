package dev.deskpost.recipient;

import dev.deskpost.desktop.KeyChord;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that work on what stands in an input box, each a sequence.
 *
 * @param clear empty it
 * @param replace go before the paste keys, so that the pasted text takes the place of all that stands there
 * @param copy put all that stands there on the clipboard, and leave it selected; empty where a program has no such keys
 * @param unselect end the selection that {@code copy} leaves
 */
public record BoxKeys(List<KeyChord> clear, List<KeyChord> replace, List<KeyChord> copy, List<KeyChord> unselect) {

    /** Of editors and text fields everywhere. */
    static final BoxKeys OF_TEXT_FIELD =
            new BoxKeys(keys("ctrl+a", "delete"), keys("ctrl+a"), keys("ctrl+a", "ctrl+c"), keys("ctrl+end"));

    /** Of the line editors of terminals, where ctrl+a and ctrl+c mean something else altogether. */
    static final BoxKeys OF_LINE_EDITOR =
            new BoxKeys(keys("ctrl+e", "ctrl+u"), keys("ctrl+e", "ctrl+u"), keys(), keys());

    public BoxKeys {
        clear = List.copyOf(clear);
        replace = List.copyOf(replace);
        copy = List.copyOf(copy);
        unselect = List.copyOf(unselect);
    }

    /** Whether one can find out what stands in the box. */
    public boolean canReadBack() {
        return !copy.isEmpty();
    }

    private static List<KeyChord> keys(String... chords) {
        return Stream.of(chords).map(KeyChord::parse).toList();
    }
}
