package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.Properties.Property;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What the bytes of a property mean. Knows no server, so that it can be tested with captured bytes. */
final class WindowProperties {

    private WindowProperties() {}

    /** Text, in UTF-8 or else in Latin-1, as its type says; damaged text becomes replacement characters. */
    static String text(Property property, int utf8String) {
        if (property.format() != 8) {
            return "";
        }
        Charset charset = property.type() == utf8String ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new String(property.value(), charset);
    }

    /** The class half of {@code WM_CLASS}: two texts, each with a zero byte behind it (ICCCM 4.1.2.5). */
    static String windowClass(Property property) {
        String[] parts = new String(property.value(), StandardCharsets.ISO_8859_1).split("\0", -1);
        return property.format() == 8 && parts.length > 1 ? parts[1] : "";
    }

    /** A list of windows, atoms or numbers. */
    static List<Integer> items(Property property) {
        return items(property, Integer.MAX_VALUE);
    }

    /** The same, and no more than so many of them. */
    static List<Integer> items(Property property, int most) {
        if (property.format() != 32) {
            return List.of();
        }
        IntBuffer items =
                ByteBuffer.wrap(property.value()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        return IntStream.range(0, Math.min(items.limit(), most))
                .map(items::get)
                .boxed()
                .toList();
    }
}
