package dev.deskpost.delivery;

import dev.deskpost.message.Channel;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. Only what is {@link NotSent} is tried again by itself. */
public sealed interface DeliveryOutcome {

    /**
     * Proved; or written into the recipient's inbox, which is where it stays until the recipient reads it.
     *
     * @param evidence null for what is in the inbox: that we wrote a file proves nothing
     * @param instead why it was not typed, if it went into the inbox for that
     */
    record Delivered(
            Channel channel,
            @Nullable Evidence evidence,
            @Nullable NotSent instead) implements DeliveryOutcome {

        Delivered(Evidence evidence) {
            this(Channel.WINDOW, evidence, null);
        }
    }

    /** Submitted, and the recipient's own proof is awaited: not the end of the attempt yet. */
    record Submitted() implements DeliveryOutcome {}

    /** Certainly not submitted. */
    record NotSent(FailureCode code, String detail) implements DeliveryOutcome {

        Failure failure() {
            return new Failure(code.name(), detail);
        }

        /** Whether no other try follows. */
        boolean isFinal(Claim claim) {
            return code.isFinal() || (claim.isLastTry() && !code.costsNoTry());
        }
    }

    /** It may or may not have been submitted. */
    record Unconfirmed(
            FailureCode code, String detail, @Nullable Evidence evidence) implements DeliveryOutcome {

        Unconfirmed(String detail, @Nullable Evidence evidence) {
            this(FailureCode.NOT_CONFIRMED, detail, evidence);
        }

        Failure failure() {
            return new Failure(code.name(), detail);
        }
    }
}
