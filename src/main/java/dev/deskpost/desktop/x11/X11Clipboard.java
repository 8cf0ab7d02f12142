package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.wire.ConnectionLost;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the {@code CLIPBOARD} selection while there is an offer (ICCCM 2.1 to 2.6) and answers the offer's target only.
 *
 * <p>It has a thread and a connection of its own and goes on answering when the delivery has gone on: programs read
 * several times for one paste, and one that is left without an answer hangs in the middle of it. Some time after an offer
 * was closed the selection is given up, so that nothing of the message stays readable.
 */
final class X11Clipboard implements GuardedClipboard, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(X11Clipboard.class);

    private final XServer server;
    private final WindowReader reader;
    private final Duration linger;
    private final Duration patience;
    private final int selection;
    private final int window;
    private final ServerClock clock;
    private final SelectionTransfer transfer;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::serve, "deskpost-clipboard");

    private volatile boolean closed;
    private @Nullable X11Offer offer;
    private int ownedSince;
    private long lingersUntil = Long.MAX_VALUE;

    /**
     * @param server a connection for this clipboard alone; closed with it
     * @param selection {@code CLIPBOARD}, or one that nobody else knows
     * @param linger how long a closed offer is still served
     * @param patience how long the thread may take to carry out one command
     */
    X11Clipboard(
            XServer server, Atoms atoms, WindowReader reader, String selection, Duration linger, Duration patience) {
        this.server = server;
        this.reader = reader;
        this.linger = linger;
        this.patience = patience;
        this.selection = atoms.get(selection);
        this.window = server.createInputOnlyWindow(XServer.PROPERTY_CHANGE);
        this.clock = new ServerClock(server, atoms, window, patience);
        this.transfer = new SelectionTransfer(server, atoms);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Offer offer(String text, Target target) {
        return onThread(() -> {
            X11Offer next = new X11Offer(
                    text, target, this::revoke, () -> run(() -> lingersUntil = System.nanoTime() + linger.toNanos()));
            take(next);
            return next;
        });
    }

    boolean isAlive() {
        return thread.isAlive() && server.isOpen();
    }

    /** Gives up the selection and ends the thread. */
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
                server.nextEvent(timeToWait()).ifPresent(this::handle);
                if (System.nanoTime() - lingersUntil >= 0) {
                    release();
                }
            }
            release();
            server.flush();
        } catch (ConnectionLost e) {
            log.warn(
                    "The clipboard's connection is gone; the desktop is opened again for the next message: {}",
                    e.getMessage());
        } catch (RuntimeException e) {
            log.error("The clipboard's thread ends; the desktop is opened again for the next message", e);
        } finally {
            Optional.ofNullable(offer).ifPresent(X11Offer::markTaken);
            server.close();
        }
    }

    private Duration timeToWait() {
        return lingersUntil == Long.MAX_VALUE
                ? Duration.ofHours(1)
                : Duration.ofNanos(Math.max(0, lingersUntil - System.nanoTime()));
    }

    private void handle(XEvent event) {
        try {
            if (event instanceof XEvent.SelectionRequest request) {
                answer(request);
            } else if (event instanceof XEvent.SelectionClear) {
                // The event may be older than our latest taking: the server knows who owns it now.
                if (server.selectionOwner(selection) != window) {
                    Optional.ofNullable(offer).ifPresent(X11Offer::markTaken);
                    forget();
                }
            } else if (event instanceof XEvent.PropertyNotify property && property.deleted()) {
                transfer.continueWith(property);
            }
        } catch (XProtocolError e) {
            log.debug("A reader of the clipboard vanished while it was answered: {}", e.getMessage());
        }
    }

    private void answer(XEvent.SelectionRequest request) {
        X11Offer current = offer;
        if (current == null || request.selection() != selection || !isTarget(request.requestor(), current)) {
            server.answerSelection(request, XServer.NONE);
        } else {
            transfer.answer(request, current.utf8(), ownedSince, current::markFetched);
        }
        server.flush();
    }

    /** The same client of the server, or the same process: browsers ask from a helper window. */
    private boolean isTarget(int requestor, X11Offer current) {
        int targetWindow = (int) current.target().id().value();
        if (server.sameClient(requestor, targetWindow)) {
            return true;
        }
        Long pid = current.target().window().pid();
        OptionalLong asking = reader.pid(requestor);
        return pid != null && asking.isPresent() && asking.getAsLong() == pid;
    }

    private void take(X11Offer next) {
        Optional.ofNullable(offer).ifPresent(X11Offer::markTaken);
        ownedSince = clock.now(this::handle);
        offer = next;
        lingersUntil = Long.MAX_VALUE;
        server.setSelectionOwner(window, selection, ownedSince);
        if (server.selectionOwner(selection) != window) {
            next.markTaken();
        }
    }

    /** On the thread that answers, so that no answer can be under way. */
    private boolean revoke(X11Offer which) {
        return onThread(() -> {
            if (offer == which) {
                release();
                server.flush();
            }
            return which.isUnread();
        });
    }

    private void release() {
        if (offer != null) {
            server.setSelectionOwner(XServer.NONE, selection, ownedSince);
        }
        forget();
    }

    private void forget() {
        offer = null;
        lingersUntil = Long.MAX_VALUE;
    }

    private void run(Runnable command) {
        commands.add(command);
        server.wake();
    }

    private <T> T onThread(Supplier<T> command) {
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
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DesktopUnavailable("interrupted while taking the clipboard", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new DesktopUnavailable("the clipboard does not answer: " + e, e);
        }
    }
}
