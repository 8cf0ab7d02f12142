package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.wire.ConnectionLost;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clipboard in the hands of a delivery (ICCCM 2): it owns the {@code CLIPBOARD} selection while there is an offer, and
 * {@code PRIMARY} as well where the paste keys make programs read that one. {@link ClipboardService} answers those who ask.
 *
 * <p>It has a thread and a connection of its own and goes on answering when the delivery has gone on: programs read
 * several times for one paste, and one that is left without an answer hangs in the middle of it.
 */
final class X11Clipboard implements GuardedClipboard, X11Offer.Clipboard, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(X11Clipboard.class);

    /** What terminals paste from PRIMARY, and all others from CLIPBOARD. */
    private static final KeyChord PASTES_PRIMARY = KeyChord.parse("shift+insert");

    private final XServer server;
    private final Duration patience;
    private final Duration readLimit;
    private final int clipboard;
    private final int primary;
    private final ClipboardService service;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::serve, "deskpost-clipboard");

    /** When the target of a closed offer has read it. Of the thread that makes the offers. */
    private long readAt = System.nanoTime() - Duration.ofDays(1).toNanos();

    private volatile boolean closed;

    /**
     * @param server a connection for this clipboard alone; closed with it
     * @param selection {@code CLIPBOARD}, or one that nobody else knows
     * @param linger how long a closed offer is still served
     * @param patience how long the thread may take to carry out one command
     * @param readLimit how long another program may take to hand over what it has on the clipboard
     */
    X11Clipboard(
            XServer server,
            Atoms atoms,
            WindowReader reader,
            String selection,
            Duration linger,
            Duration patience,
            Duration readLimit) {
        this.server = server;
        this.patience = patience;
        this.readLimit = readLimit;
        this.clipboard = atoms.get(selection);
        this.primary = atoms.get("PRIMARY");
        this.service =
                new ClipboardService(server, atoms, reader, linger, readLimit, patience, Set.of(clipboard, primary));
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Offer offer(ClipboardContent content, Target target, KeyChord pasteKeys) {
        Set<Integer> selections = pasteKeys.equals(PASTES_PRIMARY) ? Set.of(clipboard, primary) : Set.of(clipboard);
        X11Offer next = new X11Offer(content, target, selections, this);
        // Every selection is read before it is taken.
        return onThread(patience.plus(readLimit.multipliedBy(selections.size())), () -> {
            service.take(next);
            return next;
        });
    }

    @Override
    public Optional<ClipboardContent> read(Duration limit) {
        return onThread(patience.plus(limit), () -> service.read(clipboard, limit));
    }

    @Override
    public boolean owesAnswer(Target target) {
        return onThread(() -> service.owesAnswer(target));
    }

    @Override
    public boolean isCopyThere(X11Offer offer) {
        return onThread(() -> service.isCopyOf(clipboard, offer.target()));
    }

    /** Everybody gets again what was there before the first offer; only late readers of an offer still get that one. */
    void putBack() {
        onThread(() -> {
            service.putBack();
            return Boolean.TRUE;
        });
    }

    /**
     * Whether the target of an offer that is closed has read it since then.
     *
     * @param nanoTime as of {@link System#nanoTime}
     */
    boolean hasBeenReadSince(long nanoTime) {
        return readAt - nanoTime >= 0;
    }

    @Override
    public void closed(X11Offer offer) {
        readAt = offer.lastReadAt().orElse(readAt);
        run(() -> service.linger(offer));
    }

    /** On the thread that answers, so that no answer can be under way. */
    @Override
    public boolean revoke(X11Offer offer) {
        return onThread(() -> {
            offer.markRevoked();
            return offer.isUnused();
        });
    }

    @Override
    public void settled(X11Offer offer) {
        run(service::settled);
    }

    /** The window that owns the clipboard while it is ours. */
    int window() {
        return service.window();
    }

    boolean isAlive() {
        return thread.isAlive() && server.isOpen();
    }

    /** Gives up the selections and ends the thread. */
    @Override
    public void close() {
        closed = true;
        server.wake();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }

    private void serve() {
        try {
            while (!closed) {
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                server.nextEvent(service.timeToWait()).ifPresent(service::handle);
                service.endOldOffers();
            }
            service.release();
            server.flush();
        } catch (ConnectionLost e) {
            log.warn(
                    "The clipboard's connection is gone; the desktop is opened again for the next message: {}",
                    e.getMessage());
        } catch (RuntimeException e) {
            log.error("The clipboard's thread ends; the desktop is opened again for the next message", e);
        } finally {
            service.markAllTaken();
            server.close();
        }
    }

    private void run(Runnable command) {
        commands.add(command);
        server.wake();
    }

    private <T> T onThread(Supplier<T> command) {
        return onThread(patience, command);
    }

    private <T> T onThread(Duration limit, Supplier<T> command) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run(() -> {
            try {
                result.complete(command.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DesktopUnavailable("interrupted while taking the clipboard", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new DesktopUnavailable("the clipboard does not answer: " + e, e);
        }
    }
}
