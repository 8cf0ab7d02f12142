package dev.deskpost.desktop.x11.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {

    private static final int LOCAL = 256;
    private static final int INTERNET = 0;
    private static final int WILD = 65535;
    private static final DisplayName LOCAL_7 = DisplayName.parse(":7");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private AuthorityTest add(int family, String address, String number, String name, String data) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        out.writeShort(family);
        for (String field : new String[] {address, number, name, data}) {
            out.writeShort(field.length());
            out.write(field.getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    private String[] cookiesFor(DisplayName display) {
        return Authority.parse(file.toByteArray()).cookiesFor(display, "desk").stream()
                .map(cookie -> new String(cookie, StandardCharsets.ISO_8859_1))
                .toArray(String[]::new);
    }

    @Test
    void the_key_of_this_host_and_display_comes_first() throws IOException {
        add(LOCAL, "old-name", "7", "MIT-MAGIC-COOKIE-1", "renamed");
        add(LOCAL, "desk", "8", "MIT-MAGIC-COOKIE-1", "other display");
        add(LOCAL, "desk", "7", "MIT-MAGIC-COOKIE-1", "right");
        assertThat(cookiesFor(LOCAL_7)).containsExactly("right", "renamed");
    }

    @Test
    void a_wild_key_fits_every_host_and_an_empty_number_every_display() throws IOException {
        add(WILD, "", "", "MIT-MAGIC-COOKIE-1", "wild");
        assertThat(cookiesFor(LOCAL_7)).containsExactly("wild");
        assertThat(cookiesFor(DisplayName.parse("elsewhere:3"))).containsExactly("wild");
    }

    @Test
    void keys_of_another_kind_are_not_shown_to_the_server() throws IOException {
        add(LOCAL, "desk", "7", "XDM-AUTHORIZATION-1", "other");
        assertThat(cookiesFor(LOCAL_7)).isEmpty();
    }

    @Test
    void a_forwarded_display_finds_its_key() throws IOException {
        add(LOCAL, "desk", "10", "MIT-MAGIC-COOKIE-1", "forwarded");
        add(INTERNET, "x", "10", "MIT-MAGIC-COOKIE-1", "by address");
        assertThat(cookiesFor(DisplayName.parse("localhost:10.0"))).contains("forwarded", "by address");
    }

    @Test
    void a_file_that_is_being_written_gives_what_is_whole() throws IOException {
        add(LOCAL, "desk", "7", "MIT-MAGIC-COOKIE-1", "whole");
        add(LOCAL, "desk", "7", "MIT-MAGIC-COOKIE-1", "cut off");
        byte[] bytes = file.toByteArray();
        assertThat(Authority.parse(Arrays.copyOf(bytes, bytes.length - 3)).cookiesFor(LOCAL_7, "desk"))
                .hasSize(1);
    }

    @Test
    void a_missing_file_holds_no_keys(@TempDir Path directory) throws IOException {
        assertThat(Authority.read(directory.resolve("none")).cookiesFor(LOCAL_7, "desk"))
                .isEmpty();
    }
}
