package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deskpost.desktop.KeyChord;
import java.time.Duration;

/** Defaults that fit a kind of window; what a recipient says itself wins. */
@SuppressWarnings("ImmutableEnumChecker") // Chords and lists of them are immutable; the checker asks for an annotation.
public enum Profile {
    /** A chat input in a graphical program: editors, browsers, messengers. */
    @JsonProperty("chat")
    CHAT("ctrl+v", "enter", "ctrl+enter", Duration.ZERO, DraftPolicy.PRESERVE, BoxKeys.OF_TEXT_FIELD),

    /**
     * A program in a terminal. Pauses before the submit key: agents take an Enter that follows a paste within some 120 ms
     * for a line break of the pasted text.
     */
    @JsonProperty("terminal")
    TERMINAL("ctrl+shift+v", "enter", "enter", Duration.ofMillis(150), DraftPolicy.IGNORE, BoxKeys.OF_LINE_EDITOR);

    private final KeyChord paste;
    private final KeyChord submit;
    private final KeyChord submitUrgent;
    private final Duration submitDelay;
    private final DraftPolicy draft;
    private final BoxKeys box;

    Profile(String paste, String submit, String submitUrgent, Duration submitDelay, DraftPolicy draft, BoxKeys box) {
        this.paste = KeyChord.parse(paste);
        this.submit = KeyChord.parse(submit);
        this.submitUrgent = KeyChord.parse(submitUrgent);
        this.submitDelay = submitDelay;
        this.draft = draft;
        this.box = box;
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

    BoxKeys box() {
        return box;
    }
}
