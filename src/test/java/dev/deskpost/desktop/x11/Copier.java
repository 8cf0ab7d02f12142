package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XEvent.SelectionRequest;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A program in which somebody has copied something: owns a selection, and answers for it as it likes. One that does not
 * keep to the rules is made by listing what no proper program lists, or by not answering at once.
 */
final class Copier implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final XServer server;
    private final Atoms atoms;
    private final int selection;
    private final int window;
    private final Map<Integer, byte[]> formats = new LinkedHashMap<>();
    private final CompletableFuture<Void> answering = new CompletableFuture<>();
    private final Thread thread;
    private int[] alsoListed = {};
    private volatile boolean closed;

    /** @param formats name of each format and its value */
    Copier(XServer server, String selection, Map<String, byte[]> formats) {
        this.server = server;
        this.atoms = new Atoms(server);
        this.selection = atoms.get(selection);
        this.window = server.createInputOnlyWindow(EventMask.PROPERTY_CHANGE);
        formats.forEach((name, value) -> this.formats.put(atoms.get(name), value));
        this.thread = new Thread(this::serve, "copier");
    }

    /** Says that it offers these, too; of a number that is no atom the server knows no name. */
    Copier listing(int... atoms) {
        alsoListed = atoms;
        return this;
    }

    /** Owns the selection from now on, and answers when {@link #answer} says so. */
    Copier copies() {
        int now = new ServerClock(server, atoms, window, LIMIT).now(event -> {});
        server.selections().setOwner(window, selection, now);
        server.sync();
        thread.start();
        return this;
    }

    /** Whoever has asked before gets an answer now. */
    Copier answer() {
        answering.complete(null);
        server.wake();
        return this;
    }

    private void serve() {
        answering.join();
        Optional<XEvent> event = server.nextEvent(Duration.ZERO);
        while (event.isPresent() || !closed) {
            event.filter(SelectionRequest.class::isInstance)
                    .map(SelectionRequest.class::cast)
                    .ifPresent(this::answer);
            event = server.nextEvent(closed ? Duration.ZERO : LIMIT);
        }
        server.close();
    }

    private void answer(SelectionRequest request) {
        byte[] value = formats.get(request.target());
        int property = request.property();
        if (request.target() == atoms.get("TARGETS")) {
            int[] listed = new int[formats.size() + alsoListed.length];
            System.arraycopy(alsoListed, 0, listed, 0, alsoListed.length);
            int next = alsoListed.length;
            for (int format : formats.keySet()) {
                listed[next++] = format;
            }
            server.properties().set(request.requestor(), property, KnownAtom.ATOM, listed);
        } else if (value != null) {
            server.properties().set(request.requestor(), property, request.target(), 8, value);
        } else {
            property = XServer.NONE;
        }
        server.selections().answer(request, property);
        server.sync();
    }

    /** What was asked is answered, and its program has ended. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        closed = true;
        answer();
    }
}
