package dev.deskpost.receipt;

import dev.deskpost.message.Message;

/** The text that is pasted for a message: its content, and around it what its recipient wants there. */
public interface PastedText {

    /** Control characters are stripped from it already, and its line ends are line feeds. */
    String of(Message message);

    /** The same by the template of those who say nothing of theirs, which may have been so when it was pasted. */
    String byDefault(Message message);
}
