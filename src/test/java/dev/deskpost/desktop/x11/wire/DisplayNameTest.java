package dev.deskpost.desktop.x11.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @CsvSource({
        ":0, '', 0, 0",
        ":12.1, '', 12, 1",
        "unix:3, '', 3, 0",
        "unix/:3, '', 3, 0",
        "localhost:10.0, localhost, 10, 0",
        "tcp/desk.example:1, desk.example, 1, 0",
        "[::1]:2, [::1], 2, 0"
    })
    void names_a_host_a_number_and_a_screen(String text, String host, int number, int screen) {
        assertThat(DisplayName.parse(text)).isEqualTo(new DisplayName(host, number, screen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "nonsense", ":", ":x", ":123456", ":0.x", "a/b:0"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DisplayName.parse(text))
                .withMessageContaining(":0");
    }

    @Test
    void a_local_display_has_a_socket_and_a_remote_one_a_port() {
        assertThat(DisplayName.parse(":7").socketPath()).isEqualTo("/tmp/.X11-unix/X7");
        assertThat(DisplayName.parse("desk:7").tcpPort()).isEqualTo(6007);
        assertThat(DisplayName.parse(":7.1")).hasToString(":7.1");
    }
}
