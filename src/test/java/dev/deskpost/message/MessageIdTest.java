package dev.deskpost.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-21T19:05:00.999999Z");

    @Test
    void tells_the_time_of_acceptance_in_UTC_and_eight_hexadecimal_digits() {
        assertThat(MessageId.at(ACCEPTED)).matches("msg_20261121_190500_[0-9a-f]{8}");
    }

    @Test
    void differs_within_one_second() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(MessageId.at(ACCEPTED));
        }

        assertThat(ids).hasSizeGreaterThan(990);
    }
}
