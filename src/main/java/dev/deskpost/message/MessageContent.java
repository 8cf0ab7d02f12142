package dev.deskpost.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What may be typed into somebody's window. Control characters are an attack, not a text: {@code ESC [ 201 ~} ends a
 * bracketed paste, and what follows it is then run as commands. So C0 and C1 go, except line feed and tab; line ends of any
 * kind become line feeds. It is done once, at acceptance: what is stored is what will be typed.
 */
public record MessageContent(String text) {

    /** In bytes of UTF-8. */
    public static final int MAX_BYTES = 65_536;

    private static final Pattern LINE_END = Pattern.compile("\r\n?|\u0085");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]");

    /** What is wrong with a text as content. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;
        private final boolean tooLarge;

        Refused(String reason, boolean tooLarge) {
            super(reason);
            this.tooLarge = tooLarge;
        }

        public boolean tooLarge() {
            return tooLarge;
        }
    }

    /** @throws Refused if nothing is left to type, it is too long, or it cannot be written in UTF-8 */
    public static MessageContent of(String given) throws Refused {
        if (bytes(given) > MAX_BYTES) {
            throw new Refused("is longer than " + MAX_BYTES + " bytes of UTF-8", true);
        }
        String text = CONTROL.matcher(LINE_END.matcher(given).replaceAll("\n")).replaceAll("");
        if (text.isEmpty()) {
            throw new Refused(
                    given.isEmpty() ? "is empty" : "consists of control characters, which are not typed", false);
        }
        return new MessageContent(text);
    }

    private static int bytes(String given) throws Refused {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(given));
            return encoded.remaining();
        } catch (CharacterCodingException e) {
            throw new Refused("holds half a surrogate pair, which is no character", false);
        }
    }
}
