package dev.deskpost.desktop;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies on a clipboard: one thing, in every format in which its program offers it, such as a text as plain text and as
 * HTML, or an image as PNG. Formats have the names that the platform gives them.
 */
public record ClipboardContent(List<Format> formats) {

    private static final String UTF8 = "UTF8_STRING";
    private static final String PLAIN_UTF8 = "text/plain;charset=utf-8";
    private static final String LATIN1 = "STRING";
    private static final String HTML = "text/html";
    private static final String IMAGE = "image/";

    /** What Chromium says of the page that was copied from. */
    private static final String ABOUT_ITS_PAGE = "chromium/x-";

    /** White space, marks that join, split or turn what stands beside them, and the variation selectors of emoji. */
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cf}\\x{85}\\x{FE0E}\\x{FE0F}]+");

    private static final Pattern EMPTY_MARKUP =
            Pattern.compile("(?i)(?:</?(?:meta|html|head|body|div|span|p|br)\\b[^<>]*>|&nbsp;|\\h|\\R)*+");

    /**
     * @param name what the format is asked for by: on X11 the target (ICCCM 2.6.2)
     * @param type what the value says of itself: on X11 the property's type
     * @param itemBits 8, 16 or 32: the size of the items that the value consists of
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed through, compared never.
    public record Format(String name, String type, int itemBits, byte[] value) {}

    public ClipboardContent {
        formats = List.copyOf(formats);
    }

    /** A text in the formats that programs ask a text for. */
    public static ClipboardContent ofText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Stream<Format> any = Stream.of(
                new Format(UTF8, UTF8, 8, utf8),
                new Format(PLAIN_UTF8, PLAIN_UTF8, 8, utf8),
                new Format("TEXT", UTF8, 8, utf8));
        Stream<Format> old = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)
                ? Stream.of(new Format(LATIN1, LATIN1, 8, text.getBytes(StandardCharsets.ISO_8859_1)))
                : Stream.empty();
        return new ClipboardContent(Stream.concat(any, old).toList());
    }

    /** The content as text, if it has a text format; empty for an image. */
    public Optional<String> text() {
        return Stream.of(UTF8, PLAIN_UTF8, "text/plain", LATIN1)
                .flatMap(name -> formats.stream().filter(format -> format.name().equals(name)))
                .findFirst()
                .map(format -> new String(
                        format.value(),
                        format.type().equals(LATIN1) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    /** Whether the text is the same, as far as one {@linkplain #visible sees} it. True of two without a text. */
    public boolean isSameTextAs(ClipboardContent other) {
        return visible(text().orElse("")).equals(visible(other.text().orElse("")));
    }

    /** What editors leave of a text on its way in and out: the characters that one sees, composed (Unicode's NFC). */
    public static String visible(String text) {
        return UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("");
    }

    /**
     * Whether there is nothing that a person would miss: no format at all, a text of white space and no picture, or the
     * markup of an empty paragraph, which is what rich editors copy of an empty box.
     */
    public boolean isBlank() {
        return text().map(String::isBlank).orElse(true) && formats.stream().allMatch(this::showsNothing);
    }

    /** Of a format that is not known, a text beside it tells. */
    private boolean showsNothing(Format format) {
        boolean known = format.name().equals(HTML) || format.name().startsWith(IMAGE);
        return format.value().length == 0
                || (!known && text().isPresent())
                || format.name().startsWith(ABOUT_ITS_PAGE)
                || (format.name().equals(HTML)
                        && EMPTY_MARKUP
                                .matcher(new String(format.value(), StandardCharsets.UTF_8))
                                .matches());
    }
}
