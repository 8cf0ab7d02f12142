package dev.deskpost.delivery;

/** Where an attempt notes how far it is. */
interface AttemptSteps {

    /** The step was done. */
    void note(Step step);

    /**
     * The step is about to be done: it is durable before it has its effect.
     *
     * @return false if the message has been taken over by somebody else: then it must not be done
     */
    boolean keep(Step step);
}
