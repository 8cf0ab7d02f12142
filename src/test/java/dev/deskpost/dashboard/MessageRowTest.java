package dev.deskpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deskpost.message.Channel;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageState;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRowTest {

    private final Message message = mock(Message.class);

    private MessageRow row(MessageState state, String content) {
        when(message.state()).thenReturn(state);
        when(message.content()).thenReturn(content);
        return MessageRow.of(message);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, false, false, true",
        "PROCESSING, false, false, false",
        "DELIVERED, false, false, false",
        "FAILED, true, false, false",
        "UNCONFIRMED, true, true, false",
        "CANCELLED, false, false, false",
        "EXPIRED, false, false, false"
    })
    void its_state_says_what_a_person_may_do(
            MessageState state, boolean retryable, boolean resolvable, boolean cancellable) {
        MessageRow row = row(state, "hello");
        assertThat(row.isRetryable()).isEqualTo(retryable);
        assertThat(row.isResolvable()).isEqualTo(resolvable);
        assertThat(row.isCancellable()).isEqualTo(cancellable);
    }

    @Test
    void only_one_that_waits_has_a_next_try() {
        when(message.nextAttemptAt()).thenReturn(Instant.EPOCH);
        assertThat(row(MessageState.PENDING, "hello").nextTry()).isEqualTo(Instant.EPOCH);
        assertThat(row(MessageState.DELIVERED, "hello").nextTry()).isNull();
    }

    @Test
    void a_file_that_we_wrote_is_no_proof() {
        when(message.channel()).thenReturn(Channel.INBOX);
        assertThat(row(MessageState.DELIVERED, "hello").proof()).isEqualTo("in the INBOX");
        when(message.evidence()).thenReturn(Evidence.RECEIPT);
        assertThat(row(MessageState.DELIVERED, "hello").proof()).isEqualTo("RECEIPT");
    }

    @Test
    void of_a_long_text_the_beginning_is_shown_in_one_line_and_no_character_is_cut() {
        assertThat(row(MessageState.PENDING, " one\ntwo ").preview()).isEqualTo("one two");
        assertThat(row(MessageState.PENDING, "x".repeat(120)).preview()).isEqualTo("x".repeat(120));
        assertThat(row(MessageState.PENDING, "🙂".repeat(121)).preview()).isEqualTo("🙂".repeat(120) + "…");
        assertThat(row(MessageState.PENDING, "x" + "🙂".repeat(30_000)).preview())
                .isEqualTo("x" + "🙂".repeat(119) + "…");
        assertThat(row(MessageState.PENDING, " ".repeat(2000) + "x").preview()).isEqualTo("…");
    }
}
