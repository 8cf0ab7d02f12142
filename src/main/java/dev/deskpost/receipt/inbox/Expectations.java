package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is expected, and in which folders. A folder is watched as long as somebody holds it.
 *
 * <p>Keys are made and cancelled under a lock of their own: for one directory the system gives out one key, however often
 * and by whatever name it is asked, so a key must not be cancelled while another folder has it. That asks disks, and one that
 * hangs keeps the system from making or cancelling any other key, too. The other lock is never held meanwhile: transactions
 * need it to forget. So what they leave behind is cancelled later, by those who may wait for disks.
 */
final class Expectations {

    private static final Logger log = LoggerFactory.getLogger(Expectations.class);

    private final int max;
    private final Map<String, Expected> byMessage = new HashMap<>();
    private final Map<InboxFolder, WatchedFolder> byFolder = new HashMap<>();
    private boolean ended;

    /** Held while keys are made and cancelled. Never asked for by who holds the other lock. */
    private final Object keys = new Object();

    /** Keys that a folder had and has no more, to be cancelled. */
    private final Set<WatchKey> unused = new HashSet<>();

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
            leaveKey(watched);
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
    void listen(WatchedFolder watched, HeldFolder held, @Nullable WatchService watcher) throws IOException {
        Object identity = held.identity();
        if (watcher == null || !needsKey(watched, identity)) {
            return;
        }
        synchronized (keys) {
            if (!needsKey(watched, identity)) {
                return;
            }
            leaveKey(watched);
            try {
                cancelUnused();
                giveKey(watched, held.path().register(watcher, StandardWatchEventKinds.ENTRY_CREATE), identity);
            } catch (IOException | ClosedWatchServiceException e) {
                log.debug("New files in {} are only found by listing: {}", held.path(), e.getMessage());
            }
        }
    }

    /** Has the system tell no more of folders that nobody holds. May wait for disks. */
    void cancelUnused() {
        if (isAnyUnused()) {
            synchronized (keys) {
                takeUnused().forEach(WatchKey::cancel);
            }
        }
    }

    private synchronized boolean needsKey(WatchedFolder watched, @Nullable Object identity) {
        boolean listens = watched.key != null && watched.key.isValid() && Objects.equals(identity, watched.identity);
        return watched.holders > 0 && !listens;
    }

    private synchronized void giveKey(WatchedFolder watched, WatchKey key, @Nullable Object identity) {
        watched.key = key;
        watched.identity = identity;
        if (watched.holders == 0) { // Forgotten meanwhile
            leaveKey(watched);
        }
    }

    private synchronized void leaveKey(WatchedFolder watched) {
        if (watched.key != null) {
            unused.add(watched.key);
            watched.key = null;
        }
    }

    private synchronized boolean isAnyUnused() {
        return !unused.isEmpty();
    }

    /** Those that no folder has. */
    private synchronized List<WatchKey> takeUnused() {
        List<WatchKey> nobodys =
                unused.stream().filter(key -> foldersOf(key).isEmpty()).toList();
        unused.clear();
        return nobodys;
    }
}
