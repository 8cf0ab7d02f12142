package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.Properties.Property;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WindowPropertiesTest {

    private static final int UTF8_STRING = 300;

    private static Property eightBit(int type, byte[] value) {
        return new Property(type, 8, value);
    }

    @Test
    void a_title_in_utf8_is_read_as_such() {
        Property title = eightBit(UTF8_STRING, "Agent-2 中 🚀".getBytes(StandardCharsets.UTF_8));
        assertThat(WindowProperties.text(title, UTF8_STRING)).isEqualTo("Agent-2 中 🚀");
    }

    @Test
    void an_old_title_is_latin1() {
        assertThat(WindowProperties.text(eightBit(KnownAtom.STRING, new byte[] {(byte) 0xe9}), UTF8_STRING))
                .isEqualTo("é");
    }

    @Test
    void damaged_utf8_becomes_replacement_characters_and_no_error() {
        assertThat(WindowProperties.text(eightBit(UTF8_STRING, new byte[] {'a', (byte) 0xff, 'b'}), UTF8_STRING))
                .isEqualTo("a\ufffdb");
    }

    @Test
    void a_missing_title_is_empty() {
        assertThat(WindowProperties.text(new Property(0, 0, new byte[0]), UTF8_STRING))
                .isEmpty();
    }

    @Test
    void the_class_is_the_second_of_two_texts() {
        Property both = eightBit(KnownAtom.STRING, "cursor\0Cursor\0".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(WindowProperties.windowClass(both)).isEqualTo("Cursor");
    }

    @Test
    void a_class_that_is_written_wrong_is_none() {
        assertThat(WindowProperties.windowClass(eightBit(KnownAtom.STRING, "only".getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
        assertThat(WindowProperties.windowClass(new Property(0, 0, new byte[0])))
                .isEmpty();
    }

    @Test
    void items_are_little_endian_and_a_rest_that_is_no_item_is_left_out() {
        Property list = new Property(KnownAtom.WINDOW, 32, new byte[] {7, 0, 0x40, 0, 1, 0, 0, 0, 9});
        assertThat(WindowProperties.items(list)).containsExactly(0x400007, 1);
        assertThat(WindowProperties.items(eightBit(KnownAtom.STRING, new byte[8])))
                .isEmpty();
    }
}
