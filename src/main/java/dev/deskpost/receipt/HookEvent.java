package dev.deskpost.receipt;

/** What a hook's event says, whichever agent it comes from. */
sealed interface HookEvent {

    /** Somebody, or we, submitted a prompt, and the agent begins to work on it. */
    record Prompt(String text) implements HookEvent {}

    /** A script of somebody's own says that a message has arrived. */
    record Received(String messageId) implements HookEvent {}

    /**
     * It works.
     *
     * @param goesOn something was done, so a question that was shown has been answered; not said by what is about to be
     *     done, which is what agents ask about, and which others that run beside it announce, too
     */
    record Busy(boolean goesOn) implements HookEvent {}

    /** It has ended its turn, and waits for a prompt. */
    record Idle() implements HookEvent {}

    /** It shows a question to a person, which a key that we press would answer. */
    record Blocked() implements HookEvent {}

    /** It is gone. */
    record Ended() implements HookEvent {}

    /** Nothing that matters here: an event of a kind that is not looked at. */
    record Other() implements HookEvent {}

    /** @param fault what is wrong with the body: a clause, with nothing in it that came from outside */
    record Malformed(String fault) implements HookEvent {}

    /** Whether it says anything that is made use of. */
    default boolean isUnderstood() {
        return !(this instanceof Other || this instanceof Malformed);
    }
}
