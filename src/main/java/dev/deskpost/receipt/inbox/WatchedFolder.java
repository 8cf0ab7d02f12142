package dev.deskpost.receipt.inbox;

import java.nio.file.WatchKey;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder in which files are expected. Guarded by its {@link Expectations}. */
final class WatchedFolder {

    private final InboxFolder folder;

    /** What is expected in it. */
    final Set<Expected> expected = new LinkedHashSet<>();

    /** How many expect something in it, or are about to. */
    int holders;

    /** Null while the system tells nothing of it. */
    @Nullable
    WatchKey key;

    /** Of the folder that the key watches. */
    @Nullable
    Object identity;

    WatchedFolder(InboxFolder folder) {
        this.folder = folder;
    }

    InboxFolder folder() {
        return folder;
    }
}
