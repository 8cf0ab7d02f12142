package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import java.util.Optional;

/** Where an attempt notes how far it is. */
interface AttemptSteps {

    /** The step was done. */
    void note(Step step);

    /**
     * The step is about to be done: it is durable before it has its effect.
     *
     * @return why it must not be done: the message has been taken over by somebody else, or the recipient has become blocked
     *     meanwhile. Empty if it may
     */
    Optional<NotSent> keep(Step step);

    /** Why no key at all must be pressed into the window now: it shows a question to a person. Empty if one may. */
    default Optional<NotSent> blocked() {
        return Optional.empty();
    }
}
