package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.desktop.x11.wire.XServer.Property;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Converts our text into the formats that programs ask for and hands it over (ICCCM 2.5 to 2.7): the lists
 * {@code TARGETS}, {@code TIMESTAMP} and {@code MULTIPLE}, text at once, and text longer than a request in pieces
 * ({@code INCR}).
 */
final class SelectionTransfer {

    /** What a request spends on its header. */
    private static final int REQUEST_HEADER = 64;

    private static final int MAX_PAIRS = 64;

    private final XServer server;
    private final Atoms atoms;
    private final Map<Receiver, Pieces> running = new HashMap<>();
    private final int pieceBytes;

    private record Receiver(int window, int property) {}

    private record Pieces(ByteBuffer rest, int type, Runnable whenDone) {}

    @SuppressWarnings("ArrayRecordComponent") // Read once, compared never.
    private record Content(byte[] utf8, int ownedSince, Runnable whenRead) {}

    /** What became of one request: refused, answered with something about the text, with the text, or with its beginning. */
    private enum Conversion {
        REFUSED,
        ABOUT,
        TEXT,
        FIRST_PIECE
    }

    SelectionTransfer(XServer server, Atoms atoms) {
        this(server, atoms, server.maxRequestBytes() - REQUEST_HEADER);
    }

    SelectionTransfer(XServer server, Atoms atoms, int pieceBytes) {
        this.server = server;
        this.atoms = atoms;
        this.pieceBytes = pieceBytes;
    }

    /**
     * Answers a request of somebody who may read.
     *
     * @param whenRead run when the text itself was handed over, at once or with its last piece
     */
    void answer(XEvent.SelectionRequest request, byte[] utf8, int ownedSince, Runnable whenRead) {
        // Clients from before ICCCM give no property and expect the target's name (ICCCM 2.2).
        int property = request.property() == XServer.NONE ? request.target() : request.property();
        Content content = new Content(utf8, ownedSince, whenRead);
        Conversion result = request.target() == atoms.get("MULTIPLE")
                ? convertAll(request.requestor(), property, content)
                : convert(request.requestor(), request.target(), property, content);
        server.answerSelection(request, result == Conversion.REFUSED ? XServer.NONE : property);
        if (result == Conversion.TEXT) {
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
        server.setProperty(receiver.window(), receiver.property(), pieces.type(), piece);
        if (piece.length == 0) {
            running.remove(receiver);
            server.selectEvents(receiver.window(), 0);
            server.sync();
            pieces.whenDone().run();
        }
        server.flush();
    }

    private Conversion convertAll(int requestor, int property, Content content) {
        Property asked = server.property(requestor, property, MAX_PAIRS * 8);
        int[] pairs = WindowProperties.items(asked).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Conversion all = Conversion.ABOUT;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            Conversion one = convert(requestor, pairs[i], pairs[i + 1], content);
            if (one == Conversion.REFUSED) {
                pairs[i + 1] = XServer.NONE;
            } else if (one == Conversion.TEXT) {
                all = Conversion.TEXT;
            }
        }
        server.setProperty(requestor, property, atoms.get("ATOM_PAIR"), pairs);
        return all;
    }

    private Conversion convert(int requestor, int target, int property, Content content) {
        if (target == atoms.get("TARGETS")) {
            server.setProperty(requestor, property, XServer.ATOM, targets(content.utf8()));
            return Conversion.ABOUT;
        }
        if (target == atoms.get("TIMESTAMP")) {
            server.setProperty(requestor, property, XServer.INTEGER, content.ownedSince());
            return Conversion.ABOUT;
        }
        if (target == atoms.get("x-kde-passwordManagerHint")) {
            server.setProperty(requestor, property, target, "secret".getBytes(StandardCharsets.US_ASCII));
            return Conversion.ABOUT;
        }
        OptionalInt type = textType(target, content.utf8());
        return type.isEmpty()
                ? Conversion.REFUSED
                : sendText(
                        requestor,
                        property,
                        type.getAsInt(),
                        encode(type.getAsInt(), content.utf8()),
                        content.whenRead());
    }

    private int[] targets(byte[] utf8) {
        List<Integer> targets = new ArrayList<>(List.of(
                atoms.get("TARGETS"),
                atoms.get("TIMESTAMP"),
                atoms.get("MULTIPLE"),
                atoms.get("UTF8_STRING"),
                atoms.get("text/plain;charset=utf-8"),
                atoms.get("TEXT"),
                atoms.get("x-kde-passwordManagerHint")));
        if (isLatin1(utf8)) {
            targets.add(XServer.STRING);
        }
        return targets.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The type of the text that answers this target, or empty if it is not text or cannot hold ours. */
    private OptionalInt textType(int target, byte[] utf8) {
        if (target == atoms.get("UTF8_STRING") || target == atoms.get("text/plain;charset=utf-8")) {
            return OptionalInt.of(target);
        }
        if (target == atoms.get("TEXT")) {
            return OptionalInt.of(atoms.get("UTF8_STRING"));
        }
        return target == XServer.STRING && isLatin1(utf8) ? OptionalInt.of(XServer.STRING) : OptionalInt.empty();
    }

    private static byte[] encode(int textType, byte[] utf8) {
        return textType == XServer.STRING
                ? new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1)
                : utf8;
    }

    private static boolean isLatin1(byte[] utf8) {
        return StandardCharsets.ISO_8859_1.newEncoder().canEncode(new String(utf8, StandardCharsets.UTF_8));
    }

    private Conversion sendText(int requestor, int property, int type, byte[] text, Runnable whenRead) {
        if (text.length <= pieceBytes) {
            server.setProperty(requestor, property, type, text);
            return Conversion.TEXT;
        }
        running.put(new Receiver(requestor, property), new Pieces(ByteBuffer.wrap(text), type, whenRead));
        server.selectEvents(requestor, XServer.PROPERTY_CHANGE);
        server.setProperty(requestor, property, atoms.get("INCR"), text.length);
        return Conversion.FIRST_PIECE;
    }
}
