package dev.deskpost.receipt.inbox;

/** What a recipient's {@code inbox} comes to: a folder beneath the root, or why it can be none. */
public sealed interface InboxSetting permits InboxFolder, InboxRefused {}
