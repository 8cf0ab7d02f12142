package dev.deskpost.receipt.inbox;

/** What comes of opening a folder. */
sealed interface InboxAccess permits HeldFolder, InboxAccess.None {

    /** It is not open. */
    sealed interface None extends InboxAccess permits Missing, InboxRefused {
        String reason();
    }

    /** It does not exist, and may still be made. */
    record Missing(String reason) implements None {}
}
