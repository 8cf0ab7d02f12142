package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deskpost.desktop.KeyChord;
import java.time.Duration;
import java.util.List;

/** Defaults that fit a kind of window; what a recipient says itself wins. */
@SuppressWarnings("ImmutableEnumChecker") // Chords and lists of them are immutable; the checker asks for an annotation.
public enum Profile {
    /** A chat input in a graphical program: editors, browsers, messengers. */
    @JsonProperty("chat")
    CHAT("ctrl+v", "enter", "ctrl+enter", Duration.ZERO, DraftPolicy.PRESERVE, List.of("ctrl+a", "delete")),

    /**
     * A program in a terminal. Pauses before the submit key: agents take an Enter that follows a paste within some 120 ms
     * for a line break of the pasted text.
     */
    @JsonProperty("terminal")
    TERMINAL("ctrl+shift+v", "enter", "enter", Duration.ofMillis(150), DraftPolicy.IGNORE, List.of("ctrl+e", "ctrl+u"));

    private final KeyChord paste;
    private final KeyChord submit;
    private final KeyChord submitUrgent;
    private final Duration submitDelay;
    private final DraftPolicy draft;
    private final List<KeyChord> clear;

    Profile(
            String paste,
            String submit,
            String submitUrgent,
            Duration submitDelay,
            DraftPolicy draft,
            List<String> clear) {
        this.paste = KeyChord.parse(paste);
        this.submit = KeyChord.parse(submit);
        this.submitUrgent = KeyChord.parse(submitUrgent);
        this.submitDelay = submitDelay;
        this.draft = draft;
        this.clear = clear.stream().map(KeyChord::parse).toList();
    }

    KeyChord paste() {
        return paste;
    }

    KeyChord submit() {
        return submit;
    }

    KeyChord submitUrgent() {
        return submitUrgent;
    }

    Duration submitDelay() {
        return submitDelay;
    }

    DraftPolicy draft() {
        return draft;
    }

    /** The keys that empty the input box. */
    List<KeyChord> clear() {
        return clear;
    }
}
