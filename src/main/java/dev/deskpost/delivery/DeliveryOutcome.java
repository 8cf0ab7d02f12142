package dev.deskpost.delivery;

import dev.deskpost.message.Channel;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. Only what is {@link NotSent} is tried again by itself. */
public sealed interface DeliveryOutcome {

    /** Proved. */
    record Delivered(Channel channel, Evidence evidence) implements DeliveryOutcome {}

    /** Certainly not submitted. */
    record NotSent(FailureCode code, String detail) implements DeliveryOutcome {

        Failure failure() {
            return new Failure(code.name(), detail);
        }
    }

    /** It may or may not have been submitted. */
    record Unconfirmed(String detail, @Nullable Evidence evidence) implements DeliveryOutcome {

        Failure failure() {
            return new Failure(FailureCode.NOT_CONFIRMED.name(), detail);
        }
    }
}
