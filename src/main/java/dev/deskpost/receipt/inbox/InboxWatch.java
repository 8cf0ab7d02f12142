package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that a recipient has written a file that names a message.
 *
 * <p>A proof is a {@code *.md} file in the recipient's folder whose name holds the message's id, and whose name was not there
 * when the file began to be expected. What it holds, and whether it is written to its end, does not matter. No proof are: what
 * Deskpost itself calls the message's file, hidden files, directories, and links that lead out of the root.
 *
 * <p>The system's events tell of new files at once (inotify(7)). Beneath them each folder in which something is expected is
 * listed every poll interval, for what no event tells of: network disks, lost events, a folder that is made later or made
 * again, more folders than the system watches. A file that is gone again before it was looked at is not seen.
 *
 * <p>One thread looks at all folders, and one lock guards what is expected. No disk is asked anything under that lock, so
 * what is forgotten waits for none; but a disk that hangs holds the thread up, and with it all other folders.
 */
public final class InboxWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InboxWatch.class);

    /** Makes what tells of new files; fails if the system has none left (inotify's max_user_instances). */
    interface Events {
        WatchService open() throws IOException;
    }

    /** For how long the end waits for the file that is being told of. */
    private static final Duration LAST_FILE = Duration.ofSeconds(10);

    private final long pollNanos;
    private final Clock clock;
    private final Consumer<InboxFileSeen> listener;
    private final Events events;
    private final Expectations expectations;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean complained;
    private volatile @Nullable WatchService watcher;

    /**
     * @param pollInterval how often folders are listed
     * @param maxExpected for how many messages files are expected at once
     * @param listener called from the watch's thread, which looks at nothing meanwhile
     */
    public InboxWatch(Duration pollInterval, int maxExpected, Clock clock, Consumer<InboxFileSeen> listener) {
        this(
                pollInterval,
                maxExpected,
                clock,
                listener,
                () -> FileSystems.getDefault().newWatchService());
    }

    InboxWatch(Duration pollInterval, int maxExpected, Clock clock, Consumer<InboxFileSeen> listener, Events events) {
        this.pollNanos = pollInterval.toNanos();
        this.clock = clock;
        this.listener = listener;
        this.events = events;
        this.expectations = new Expectations(maxExpected);
    }

    /**
     * From now on the first new file that names the message is published. To be called before the recipient can know of the
     * message. What was expected for the same message before is forgotten.
     *
     * @return empty, or why it cannot be expected: nothing will be published then. A folder that does not exist yet is none.
     */
    public Optional<String> expect(String messageId, String recipient, InboxFolder folder) {
        if (!InboxNames.isId(messageId)) {
            return Optional.of("no file can be named after message '" + OneLine.of(messageId) + "'");
        }
        expectations.forget(messageId);
        if (!start()) {
            return Optional.of("the watch has been stopped");
        }
        WatchedFolder watched = expectations.hold(folder);
        boolean kept = false;
        try {
            InboxAccess access = folder.open(false);
            if (access instanceof InboxRefused refused) {
                return Optional.of(refused.reason());
            }
            Set<String> known = access instanceof HeldFolder held ? known(held, watched, messageId) : Set.of();
            kept = expectations.add(new Expected(messageId, recipient, known, watched));
            return kept ? Optional.empty() : Optional.of("files are expected for too many messages already");
        } catch (IOException e) {
            return Optional.of(InboxRefused.reasonOf(e));
        } finally {
            if (!kept) {
                expectations.release(watched);
            }
        }
    }

    /** Watches before it lists: what comes in between is known and told of, and known counts. */
    private Set<String> known(HeldFolder held, WatchedFolder watched, String messageId) throws IOException {
        try (held) {
            expectations.listen(watched, held, watcher);
            Set<String> known = new HashSet<>();
            held.names(name -> InboxNames.names(name, messageId), name -> known.add(name.toString()));
            return known;
        }
    }

    /** Nothing is published for it any more, unless it is being published right now. */
    public void forget(String messageId) {
        expectations.forget(messageId);
    }

    /**
     * Whether such a file is there already: for a message that was submitted before a restart, when nobody remembers which
     * names were there. It counts if it was changed at {@code since} or later, by the clock of the disk; some disks know
     * whole seconds only, and round down. A folder that cannot be read holds nothing.
     */
    public boolean isThere(String messageId, InboxFolder folder, Instant since) {
        if (!InboxNames.isId(messageId) || !(folder.open(false) instanceof HeldFolder opened)) {
            return false;
        }
        try (HeldFolder held = opened) {
            List<Path> found = new ArrayList<>();
            held.names(name -> InboxNames.names(name, messageId), found::add);
            for (Path name : found) {
                if (held.isFile(name)
                        && held.attributes(name)
                                .filter(file ->
                                        !file.lastModifiedTime().toInstant().isBefore(since))
                                .isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            log.warn("Cannot look for a file of {} in {}: {}", messageId, folder.path(), InboxRefused.reasonOf(e));
            return false;
        }
    }

    private synchronized boolean start() {
        if (stopped.getCount() == 0) {
            return false;
        }
        if (watcher == null) {
            try {
                watcher = events.open();
            } catch (IOException e) {
                if (!complained) {
                    complained = true;
                    log.warn("New files in inboxes are only found by listing, for now: {}", e.getMessage());
                }
            }
        }
        if (thread == null) {
            thread = new Thread(this::run, "deskpost-inbox");
            thread.setDaemon(true);
            thread.start();
        }
        return true;
    }

    private void run() {
        long nextLook = System.nanoTime() + pollNanos;
        while (stopped.getCount() > 0) {
            try {
                expectations.cancelUnused();
                if (expectations.awaitSome()) {
                    nextLook = System.nanoTime() + pollNanos;
                }
                WatchKey key = next(nextLook - System.nanoTime());
                if (key != null) {
                    read(key);
                }
                if (System.nanoTime() - nextLook >= 0) {
                    nextLook = System.nanoTime() + pollNanos;
                    expectations.folders().forEach(this::look);
                }
            } catch (InterruptedException | ClosedWatchServiceException e) {
                return; // Only close() does that.
            } catch (RuntimeException | Error e) {
                log.error("Unexpected while looking for files in inboxes. Keeps watching.", e);
            }
        }
    }

    private @Nullable WatchKey next(long nanos) throws InterruptedException {
        WatchService told = watcher;
        if (told != null) {
            return told.poll(nanos, TimeUnit.NANOSECONDS);
        }
        if (stopped.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new InterruptedException();
        }
        return null;
    }

    /** Looks at the names that events tell; the folder is listed only if some were lost, or it is another one now. */
    private void read(WatchKey key) {
        List<WatchEvent<?>> news = key.pollEvents();
        boolean valid = key.reset();
        for (WatchedFolder folder : expectations.foldersOf(key)) {
            if (!valid || news.stream().anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW)) {
                look(folder);
                continue;
            }
            List<Path> names = news.stream()
                    .map(event -> (Path) event.context())
                    .filter(name -> expectations.isExpected(folder, name.toString()))
                    .toList();
            if (!names.isEmpty() && folder.folder().open(false) instanceof HeldFolder opened) {
                try (HeldFolder held = opened) {
                    names.forEach(name -> consider(folder, held, name));
                }
            }
        }
    }

    private void look(WatchedFolder folder) {
        if (!(folder.folder().open(false) instanceof HeldFolder opened)) {
            return; // Not there yet, or not to be trusted now: looked at again
        }
        try (HeldFolder held = opened) {
            expectations.listen(folder, held, watcher);
            held.names(name -> expectations.isExpected(folder, name), name -> consider(folder, held, name));
        } catch (IOException e) {
            log.debug("Cannot list {}, will try again: {}", folder.folder().path(), InboxRefused.reasonOf(e));
        }
    }

    private void consider(WatchedFolder folder, HeldFolder held, Path name) {
        if (!held.isFile(name)) {
            return;
        }
        for (Expected seen : expectations.take(folder, name.toString())) {
            try {
                listener.accept(
                        new InboxFileSeen(seen.messageId(), seen.recipient(), name.toString(), clock.instant()));
            } catch (RuntimeException e) {
                log.error("The file of {} was seen, and nobody could be told. Keeps watching.", seen.messageId(), e);
            }
        }
    }

    /**
     * Ends the thread, and gives back what the system lent. What it is telling, it tells to its end, for a while. Never by
     * an interrupt: one that meets H2 in the middle of reading or writing its file closes the database for everybody.
     */
    @Override
    public void close() {
        Thread running = stop();
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(LAST_FILE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Thread stop() {
        stopped.countDown();
        expectations.end();
        WatchService told = watcher;
        if (told != null) {
            try {
                told.close();
            } catch (IOException e) {
                log.warn("Cannot close the watch over inboxes; it ends with the process: {}", e.getMessage());
            }
        }
        return thread;
    }
}
