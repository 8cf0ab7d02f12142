package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.Properties.Property;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Converts a content into the formats that programs ask for and hands it over (ICCCM 2.5 to 2.7): the lists
 * {@code TARGETS}, {@code TIMESTAMP} and {@code MULTIPLE}, what fits into a request at once, and what does not in pieces
 * ({@code INCR}).
 */
final class SelectionTransfer {

    /** What a request spends on its header. */
    private static final int REQUEST_HEADER = 64;

    /** Pieces consist of whole items, whatever their size. */
    private static final int LARGEST_ITEM = 4;

    private static final int MAX_PAIRS = 64;

    /** Readers that stop in the middle, and never go on, must not pile up. */
    private static final int MAX_RUNNING = 64;

    /** What KDE's and other clipboard managers take as: do not show, do not store. */
    private static final String SECRET = "x-kde-passwordManagerHint";

    private final XServer server;
    private final Atoms atoms;
    private final Map<Receiver, Pieces> running = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Receiver, Pieces> eldest) {
            return size() > MAX_RUNNING;
        }
    };
    private final int pieceBytes;

    private record Receiver(int window, int property) {}

    private record Pieces(ByteBuffer rest, int type, int itemBits, Runnable whenDone) {}

    @SuppressWarnings("ArrayRecordComponent") // Handed through, compared never.
    private record Value(int type, int itemBits, byte[] bytes) {}

    /** A content, ready to be handed over: what is answered to whom asks for which target. */
    record Served(Map<Integer, Value> values, int ownedSince, boolean secret) {}

    /** What became of one request: refused, answered with something about the content, with it, or with its beginning. */
    private enum Conversion {
        REFUSED,
        ABOUT,
        CONTENT,
        FIRST_PIECE
    }

    SelectionTransfer(XServer server, Atoms atoms) {
        this(server, atoms, server.maxRequestBytes() - REQUEST_HEADER);
    }

    SelectionTransfer(XServer server, Atoms atoms, int pieceBytes) {
        this.server = server;
        this.atoms = atoms;
        this.pieceBytes = pieceBytes / LARGEST_ITEM * LARGEST_ITEM;
    }

    /** @param secret whether clipboard managers should be told to keep their hands off */
    Served served(ClipboardContent content, int ownedSince, boolean secret) {
        Map<Integer, Value> values = new LinkedHashMap<>();
        for (ClipboardContent.Format format : content.formats()) {
            values.put(
                    atoms.get(format.name()), new Value(atoms.get(format.type()), format.itemBits(), format.value()));
        }
        return new Served(values, ownedSince, secret);
    }

    /**
     * Answers a request of somebody who may read.
     *
     * @param whenRead run when the content itself was handed over, at once or with its last piece
     */
    void answer(XEvent.SelectionRequest request, Served content, Runnable whenRead) {
        // Clients from before ICCCM give no property and expect the target's name (ICCCM 2.2).
        int property = request.property() == XServer.NONE ? request.target() : request.property();
        Conversion result = request.target() == atoms.get("MULTIPLE")
                ? convertAll(request.requestor(), property, content, whenRead)
                : convert(request.requestor(), request.target(), property, content, whenRead);
        server.selections().answer(request, result == Conversion.REFUSED ? XServer.NONE : property);
        if (result == Conversion.CONTENT) {
            // Whoever hears of it may press the next key at once, on another connection: the answer has to be there
            // first.
            server.sync();
            whenRead.run();
        }
    }

    /** A reader has taken a piece; the next one follows, and an empty one at the end. */
    void continueWith(XEvent.PropertyNotify taken) {
        Receiver receiver = new Receiver(taken.window(), taken.atom());
        Pieces pieces = running.get(receiver);
        if (pieces == null) {
            return;
        }
        byte[] piece = new byte[Math.min(pieceBytes, pieces.rest().remaining())];
        pieces.rest().get(piece);
        server.properties().set(receiver.window(), receiver.property(), pieces.type(), pieces.itemBits(), piece);
        if (piece.length == 0) {
            running.remove(receiver);
            if (running.keySet().stream().noneMatch(other -> other.window() == receiver.window())) {
                server.selectEvents(receiver.window(), 0);
            }
            server.sync();
            pieces.whenDone().run();
        }
        server.flush();
    }

    /** A reader is gone, and with it what it had not read yet. */
    void forget(int window) {
        running.keySet().removeIf(receiver -> receiver.window() == window);
    }

    private Conversion convertAll(int requestor, int property, Served content, Runnable whenRead) {
        Property asked = server.properties().read(requestor, property, MAX_PAIRS * 8);
        int[] pairs = WindowProperties.items(asked).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Conversion all = Conversion.ABOUT;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            Conversion one = convert(requestor, pairs[i], pairs[i + 1], content, whenRead);
            if (one == Conversion.REFUSED) {
                pairs[i + 1] = XServer.NONE;
            } else if (one == Conversion.CONTENT) {
                all = Conversion.CONTENT;
            }
        }
        server.properties().set(requestor, property, atoms.get("ATOM_PAIR"), pairs);
        return all;
    }

    private Conversion convert(int requestor, int target, int property, Served content, Runnable whenRead) {
        if (target == atoms.get("TARGETS")) {
            server.properties().set(requestor, property, KnownAtom.ATOM, targets(content));
            return Conversion.ABOUT;
        }
        if (target == atoms.get("TIMESTAMP")) {
            server.properties().set(requestor, property, KnownAtom.INTEGER, content.ownedSince());
            return Conversion.ABOUT;
        }
        if (content.secret() && target == atoms.get(SECRET)) {
            server.properties().set(requestor, property, target, 8, "secret".getBytes(StandardCharsets.US_ASCII));
            return Conversion.ABOUT;
        }
        Value value = content.values().get(target);
        return value == null ? Conversion.REFUSED : send(requestor, property, value, whenRead);
    }

    private int[] targets(Served content) {
        Stream<Integer> about = Stream.of("TARGETS", "TIMESTAMP", "MULTIPLE").map(atoms::get);
        Stream<Integer> hint = content.secret() ? Stream.of(atoms.get(SECRET)) : Stream.empty();
        return Stream.of(about, content.values().keySet().stream(), hint)
                .flatMap(part -> part)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Conversion send(int requestor, int property, Value value, Runnable whenRead) {
        if (value.bytes().length <= pieceBytes) {
            server.properties().set(requestor, property, value.type(), value.itemBits(), value.bytes());
            return Conversion.CONTENT;
        }
        running.put(
                new Receiver(requestor, property),
                new Pieces(ByteBuffer.wrap(value.bytes()), value.type(), value.itemBits(), whenRead));
        server.selectEvents(requestor, EventMask.PROPERTY_CHANGE | EventMask.STRUCTURE_NOTIFY);
        server.properties().set(requestor, property, atoms.get("INCR"), value.bytes().length);
        return Conversion.FIRST_PIECE;
    }
}
