package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is expected, and in which folders. A folder is watched as long as somebody holds it.
 *
 * <p>Keys are made and cancelled under the same lock: for one directory the system gives out one key, however often and by
 * whatever name it is asked, so a key must not be cancelled while another folder has it.
 */
final class Expectations {

    private static final Logger log = LoggerFactory.getLogger(Expectations.class);

    private final int max;
    private final Map<String, Expected> byMessage = new HashMap<>();
    private final Map<InboxFolder, WatchedFolder> byFolder = new HashMap<>();
    private boolean ended;

    Expectations(int max) {
        this.max = max;
    }

    /** Keeps the folder until it is released, or what is added for it is taken or forgotten. */
    synchronized WatchedFolder hold(InboxFolder folder) {
        WatchedFolder watched = byFolder.computeIfAbsent(folder, WatchedFolder::new);
        watched.holders++;
        return watched;
    }

    synchronized void release(WatchedFolder watched) {
        watched.holders--;
        if (watched.holders == 0) {
            byFolder.remove(watched.folder());
            cancel(watched);
        }
    }

    /** Takes over one hold on its folder; false if there are too many. */
    synchronized boolean add(Expected expected) {
        forget(expected.messageId());
        if (byMessage.size() >= max) {
            return false;
        }
        byMessage.put(expected.messageId(), expected);
        expected.folder().expected.add(expected);
        notifyAll();
        return true;
    }

    synchronized void forget(String messageId) {
        Expected expected = byMessage.remove(messageId);
        if (expected != null) {
            expected.folder().expected.remove(expected);
            release(expected.folder());
        }
    }

    synchronized boolean isExpected(WatchedFolder watched, String fileName) {
        return watched.expected.stream().anyMatch(each -> each.isNamedBy(fileName));
    }

    /** What is named by the file, and is expected no longer then: whoever takes it is the only one. */
    synchronized List<Expected> take(WatchedFolder watched, String fileName) {
        List<Expected> named = watched.expected.stream()
                .filter(each -> each.isNamedBy(fileName))
                .toList();
        named.forEach(each -> forget(each.messageId()));
        return named;
    }

    synchronized List<WatchedFolder> folders() {
        return List.copyOf(byFolder.values());
    }

    synchronized List<WatchedFolder> foldersOf(WatchKey key) {
        return byFolder.values().stream().filter(each -> key.equals(each.key)).toList();
    }

    /** Nothing counts any more: who waits here goes on. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until something is expected, or the end; says whether it had to. */
    synchronized boolean awaitSome() throws InterruptedException {
        boolean waited = false;
        while (byMessage.isEmpty() && !ended) {
            waited = true;
            wait();
        }
        return waited;
    }

    /** Has the system tell of new files in it; again, if the folder is another one than before. */
    synchronized void listen(WatchedFolder watched, HeldFolder held, @Nullable WatchService watcher)
            throws IOException {
        Object identity = held.identity();
        if (watched.holders == 0 || watcher == null) {
            return;
        }
        if (watched.key != null && watched.key.isValid() && Objects.equals(identity, watched.identity)) {
            return;
        }
        cancel(watched);
        try {
            watched.key = held.path().register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
            watched.identity = identity;
        } catch (IOException | ClosedWatchServiceException e) {
            log.debug("New files in {} are only found by listing: {}", held.path(), e.getMessage());
        }
    }

    private void cancel(WatchedFolder watched) {
        WatchKey key = watched.key;
        watched.key = null;
        if (key != null && foldersOf(key).isEmpty()) {
            key.cancel();
        }
    }
}
