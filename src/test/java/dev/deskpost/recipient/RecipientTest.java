package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.recipient.RecipientSettings.Confirmation;
import dev.deskpost.recipient.RecipientSettings.InputPoint;
import dev.deskpost.recipient.RecipientSettings.Keys;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientTest {

    private static final WindowRule RULE = new WindowRule("^Agent-2\\b", "Cursor", "cursor");

    @Nested
    class That_says_nothing_but_its_window {

        private final Recipient recipient = Recipient.of("agent-2", settings(null, null, null, null, null, null));

        @Test
        void is_enabled() {
            assertThat(recipient.enabled()).isTrue();
        }

        @Test
        void is_selected_by_every_part_of_its_rule() {
            assertThat(recipient.window()).hasValue(WindowSelector.of("^Agent-2\\b", "Cursor", "cursor"));
        }

        @Test
        void is_a_chat() {
            assertThat(recipient.pasteKeys()).isEqualTo(keys("ctrl+v"));
            assertThat(recipient.submitKeys()).isEqualTo(keys("enter"));
            assertThat(recipient.submitUrgentKeys()).isEqualTo(keys("ctrl+enter"));
            assertThat(recipient.box().clear()).isEqualTo(List.of(keys("ctrl+a"), keys("delete")));
            assertThat(recipient.submitDelay()).isEqualTo(Duration.ZERO);
            assertThat(recipient.draft()).isEqualTo(DraftPolicy.PRESERVE);
        }

        @Test
        void is_confirmed_by_the_paste() {
            assertThat(recipient.confirmedBy()).isEqualTo(ConfirmedBy.PASTE);
        }

        @Test
        void is_not_clicked() {
            assertThat(recipient.inputPoint(new Bounds(0, 0, 800, 600), new Bounds(0, 0, 1920, 1080)))
                    .isEmpty();
        }
    }

    @Nested
    class In_a_terminal {

        private final Recipient recipient =
                Recipient.of("agent-2", settings(Profile.TERMINAL, null, null, null, null, null));

        @Test
        void has_a_terminals_keys_and_its_pause_before_enter() {
            assertThat(recipient.pasteKeys()).isEqualTo(keys("ctrl+shift+v"));
            assertThat(recipient.submitKeys()).isEqualTo(keys("enter"));
            assertThat(recipient.submitUrgentKeys()).isEqualTo(keys("enter"));
            assertThat(recipient.box().clear()).isEqualTo(List.of(keys("ctrl+e"), keys("ctrl+u")));
            assertThat(recipient.submitDelay()).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            assertThat(recipient.draft()).isEqualTo(DraftPolicy.IGNORE);
        }
    }

    @Nested
    class What_it_says_itself {

        @Test
        void wins_over_the_profile() {
            Recipient recipient = Recipient.of(
                    "agent-2",
                    settings(
                            Profile.TERMINAL,
                            new Keys("shift+insert", "ctrl+enter", "alt+enter"),
                            Duration.ofMillis(5),
                            DraftPolicy.CLEAR,
                            new Confirmation(ConfirmedBy.RECEIPT, null),
                            false));

            assertThat(recipient.pasteKeys()).isEqualTo(keys("shift+insert"));
            assertThat(recipient.submitKeys()).isEqualTo(keys("ctrl+enter"));
            assertThat(recipient.submitUrgentKeys()).isEqualTo(keys("alt+enter"));
            assertThat(recipient.submitDelay()).isEqualTo(Duration.ofMillis(5));
            assertThat(recipient.draft()).isEqualTo(DraftPolicy.CLEAR);
            assertThat(recipient.confirmedBy()).isEqualTo(ConfirmedBy.RECEIPT);
            assertThat(recipient.enabled()).isFalse();
        }

        @Test
        void leaves_the_rest_to_the_profile() {
            Recipient recipient = Recipient.of(
                    "agent-2",
                    settings(Profile.TERMINAL, new Keys("shift+insert", null, null), null, null, null, null));

            assertThat(recipient.pasteKeys()).isEqualTo(keys("shift+insert"));
            assertThat(recipient.submitKeys()).isEqualTo(keys("enter"));
            assertThat(recipient.draft()).isEqualTo(DraftPolicy.IGNORE);
        }

        @Test
        void about_the_submit_keys_counts_for_urgent_messages_too() {
            Recipient recipient =
                    Recipient.of("agent-2", settings(null, new Keys(null, "alt+s", null), null, null, null, null));

            assertThat(recipient.submitUrgentKeys()).isEqualTo(keys("alt+s"));
        }

        @Test
        void about_urgent_messages_counts_for_those_only() {
            Recipient recipient =
                    Recipient.of("agent-2", settings(null, new Keys(null, null, "alt+s"), null, null, null, null));

            assertThat(recipient.submitKeys()).isEqualTo(keys("enter"));
            assertThat(recipient.submitUrgentKeys()).isEqualTo(keys("alt+s"));
        }

        @Test
        void about_the_timeout_of_its_confirmation_does_not_change_what_confirms() {
            Recipient recipient = Recipient.of(
                    "agent-2", settings(null, null, null, null, new Confirmation(null, Duration.ofSeconds(2)), null));

            assertThat(recipient.confirmedBy()).isEqualTo(ConfirmedBy.PASTE);
        }
    }

    @Nested
    class Its_input_point {

        private static final Bounds WINDOW = new Bounds(100, 200, 800, 600);
        /** A screen area with a monitor to the left of the first one. */
        private static final Bounds SCREEN = new Bounds(-1920, 0, 3840, 1080);

        @ParameterizedTest(name = "{0},{1} of the {2} is {3},{4}")
        @CsvSource({
            "150,  40, window,   250,  240",
            "  0,   0, window,   100,  200",
            "150, -40, window,   250,  760",
            " -1,  -1, window,   899,  799",
            "150,  40, screen, -1770,   40",
            " -1,  -1, screen,  1919, 1079",
            "150, -40,       ,   250,  760"
        })
        void counts_from_the_edges(int x, int y, String relativeTo, int expectedX, int expectedY) {
            RelativeTo relative = relativeTo == null ? null : RelativeTo.valueOf(relativeTo.toUpperCase(Locale.ROOT));
            Recipient recipient = Recipient.of("agent-2", withInput(new InputPoint(x, y, relative)));

            assertThat(recipient.inputPoint(WINDOW, SCREEN)).contains(new Point(expectedX, expectedY));
        }

        @Test
        void moves_with_the_window() {
            Recipient recipient = Recipient.of("agent-2", withInput(new InputPoint(150, -40, RelativeTo.WINDOW)));

            assertThat(recipient.inputPoint(new Bounds(-500, -20, 300, 100), SCREEN))
                    .contains(new Point(-350, 40));
        }

        @Test
        void is_told_as_it_is_also_outside_of_a_window_that_has_become_too_small() {
            Recipient recipient = Recipient.of("agent-2", withInput(new InputPoint(150, -40, RelativeTo.WINDOW)));
            Bounds small = new Bounds(0, 0, 100, 30);

            assertThat(recipient.inputPoint(small, SCREEN)).get().returns(false, small::contains);
        }
    }

    private static RecipientSettings settings(
            Profile profile,
            Keys keys,
            Duration submitDelay,
            DraftPolicy draft,
            Confirmation confirmation,
            Boolean enabled) {
        return new RecipientSettings(
                null,
                enabled,
                RULE,
                null,
                profile,
                keys,
                submitDelay,
                draft,
                confirmation,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static RecipientSettings withInput(InputPoint input) {
        return new RecipientSettings(null, null, RULE, input);
    }

    private static KeyChord keys(String chord) {
        return KeyChord.parse(chord);
    }
}
