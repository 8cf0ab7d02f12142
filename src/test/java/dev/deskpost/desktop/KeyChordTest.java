package dev.deskpost.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyChordTest {

    @ParameterizedTest
    @CsvSource({"ctrl+v, ctrl+v", "Shift+Insert, shift+insert", "enter, enter", "shift+ctrl+V, ctrl+shift+v", "F12, f12"
    })
    void is_written_as_people_write_it(String given, String shown) {
        assertThat(KeyChord.parse(given)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "ctrl+", "hyper+v", "ctrl+vv", "f13", "é", "ctrl+enter+v"})
    void is_refused_with_a_list_of_what_there_is(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyChord.parse(given))
                .withMessageContaining("known are");
    }
}
