package dev.deskpost.message;

import java.util.List;

/** Messages are removed because they were finished long ago. Published inside the transaction, for what hangs on them. */
public record MessagesPruned(List<String> ids) {}
