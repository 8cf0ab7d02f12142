package dev.deskpost.delivery;

/** Where an attempt notes how far it is. */
interface AttemptSteps {

    /** The step was done. */
    void note(Step step);

    /** The step is about to be done: it is durable before it has its effect. */
    void keep(Step step);
}
