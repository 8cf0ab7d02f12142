package dev.deskpost.message;

import java.time.Instant;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What can be said about a message, in the words of the contract. */
final class MessageAssert extends AbstractAssert<MessageAssert, Message> {

    private MessageAssert(Message actual) {
        super(actual, MessageAssert.class);
    }

    static MessageAssert assertThat(Message actual) {
        return new MessageAssert(actual);
    }

    MessageAssert is(MessageState state) {
        isNotNull();
        Assertions.assertThat(actual.state()).as("state of %s", actual.id()).isEqualTo(state);
        return this;
    }

    MessageAssert waitsUntil(Instant when) {
        is(MessageState.PENDING);
        Assertions.assertThat(actual.nextAttemptAt()).as("nextAttemptAt").isEqualTo(when);
        Assertions.assertThat(actual.finishedAt()).as("finishedAt").isNull();
        return this;
    }

    MessageAssert wasDelivered(Channel channel, Evidence evidence) {
        is(MessageState.DELIVERED);
        Assertions.assertThat(actual.channel()).as("channel").isEqualTo(channel);
        Assertions.assertThat(actual.evidence()).as("evidence").isEqualTo(evidence);
        Assertions.assertThat(actual.failure()).as("failure").isNull();
        return this;
    }

    MessageAssert becauseOf(String code) {
        Assertions.assertThat(actual.failure())
                .as("failure of %s", actual.id())
                .isNotNull()
                .extracting(Failure::code)
                .isEqualTo(code);
        return this;
    }

    MessageAssert usedTries(int attempts) {
        Assertions.assertThat(actual.attempts()).as("attempts").isEqualTo(attempts);
        return this;
    }

    MessageAssert wasClaimed(int times) {
        Assertions.assertThat(actual.claims()).as("claims").isEqualTo(times);
        return this;
    }

    MessageAssert finishedAt(Instant when) {
        Assertions.assertThat(actual.finishedAt()).as("finishedAt").isEqualTo(when);
        Assertions.assertThat(actual.nextAttemptAt()).as("nextAttemptAt").isNull();
        return this;
    }
}
