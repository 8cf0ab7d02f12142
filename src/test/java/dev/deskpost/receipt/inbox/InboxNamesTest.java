package dev.deskpost.receipt.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxNamesTest {

    private static final String ID = "msg_20261121_190500_1a2b3c4d";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + ".md",
                "RECEIVED_" + ID + ".md",
                "re-" + ID + "-done.md",
                "ü " + ID + " ü.md",
                "a\n" + ID + "\nb.md",
                ID + "e " + ID + ".md",
                "MESSAGE_" + ID + ".md",
                "MESSAGE_20261121_190500_" + ID + "_read.md",
                "copy of MESSAGE_20261121_190500_" + ID + ".md"
            })
    void a_recipient_names_the_message(String name) {
        assertThat(InboxNames.names(name, ID)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                ID + ".txt",
                ID + ".md.tmp",
                ID + ".MD",
                ID + "md",
                ID + "e.md",
                ID + "0.md",
                ID + "x.md",
                "x" + ID + ".md",
                "msg_20261121_190500_1A2B3C4D.md",
                "msg_20261121_190500_1a2b3c4.md",
                "." + ID + ".md",
                ".RECEIVED_" + ID + ".md",
                "MESSAGE_20261121_190500_" + ID + ".md",
                "MESSAGE_19990101_000000_" + ID + ".md",
                ".md",
                "md",
                ""
            })
    void nobody_names_the_message(String name) {
        assertThat(InboxNames.names(name, ID)).isFalse();
    }
}
