package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.ClipboardContent.Format;
import dev.deskpost.desktop.x11.wire.Properties.Property;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a selection's owner offers (ICCCM 2.2 to 2.7): the list of its targets, then every one of them, large ones
 * in pieces ({@code INCR}). All targets are asked for at once, so that it costs about one answer's time.
 *
 * <p>The owner is another program: it may be slow, dead, or promise more than there is memory. What has not come within
 * the limits is left out.
 */
final class SelectionReader {

    private static final int MAX_FORMATS = 100;

    /** Lists are longer than what is read of them only where somebody means harm. */
    private static final int MAX_LISTED = 1000;

    private static final int MAX_BYTES = 64 << 20;

    /** No content: questions about the selection, orders to its owner, and ids that are worth nothing without it. */
    private static final Set<String> NOT_CONTENT = Set.of(
            "TARGETS",
            "MULTIPLE",
            "TIMESTAMP",
            "SAVE_TARGETS",
            "DELETE",
            "INSERT_SELECTION",
            "INSERT_PROPERTY",
            "PIXMAP",
            "BITMAP",
            "DRAWABLE",
            "COLORMAP",
            "FOREGROUND",
            "BACKGROUND",
            "CLIENT_WINDOW");

    private final XServer server;
    private final Atoms atoms;
    private final int window;

    /** @param window one of ours, whose property changes this connection hears of */
    SelectionReader(XServer server, Atoms atoms, int window) {
        this.server = server;
        this.atoms = atoms;
        this.window = window;
    }

    /**
     * Reads what the selection's present owner offers.
     *
     * @param time the server's time, as ICCCM 2.4 wants it
     * @param others gets the events that come meanwhile
     */
    ClipboardContent read(int selection, int time, Duration limit, Consumer<XEvent> others) {
        Reading reading = new Reading(time, System.nanoTime() + limit.toNanos(), others);
        int list = reading.ask(selection, atoms.get("TARGETS"));
        reading.await();
        Map<Integer, Integer> asked = new LinkedHashMap<>();
        for (int target : WindowProperties.items(reading.property(list), MAX_LISTED)) {
            if (asked.size() < MAX_FORMATS && isContent(target)) {
                asked.computeIfAbsent(target, wanted -> reading.ask(selection, wanted));
            }
        }
        reading.await();
        List<Format> formats = new ArrayList<>();
        asked.forEach((target, property) -> {
            Property value = reading.property(property);
            if (value.type() != XServer.NONE) {
                formats.add(new Format(atoms.name(target), atoms.name(value.type()), value.format(), value.value()));
            }
        });
        return new ClipboardContent(formats);
    }

    /** Some programs list numbers that are no atoms; those nobody can ask for. */
    private boolean isContent(int target) {
        try {
            return !NOT_CONTENT.contains(atoms.name(target));
        } catch (XProtocolError noSuchAtom) {
            return false;
        }
    }

    /** One reading: which answers are still to come, and those that have. */
    private final class Reading {

        private final int time;
        private final long end;
        private final Consumer<XEvent> others;
        private final Map<Integer, Answer> answers = new LinkedHashMap<>();
        private int bytes;

        /** @param time what every question carries, and its answer with it */
        Reading(int time, long end, Consumer<XEvent> others) {
            this.time = time;
            this.end = end;
            this.others = others;
        }

        int ask(int selection, int target) {
            int property = atoms.get("_DESKPOST_READ_" + answers.size());
            answers.put(property, new Answer(target));
            server.properties().delete(window, property);
            server.selections().convert(window, selection, target, property, time);
            return property;
        }

        void await() {
            while (answers.values().stream().anyMatch(answer -> !answer.complete)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                server.nextEvent(Duration.ofNanos(left)).ifPresent(this::handle);
            }
        }

        /** Type 0 if it was refused or did not come. */
        Property property(int name) {
            Answer answer = answers.get(name);
            return answer != null && answer.complete && answer.value != null
                    ? answer.value
                    : new Property(XServer.NONE, 8, new byte[0]);
        }

        private void handle(XEvent event) {
            if (event instanceof XEvent.SelectionNotify notify && notify.requestor() == window) {
                if (notify.time() != time) {
                    // Somebody answers now for what was asked in an earlier reading.
                    others.accept(event);
                    return;
                }
                Answer answer = answers.get(notify.property());
                if (answer != null) {
                    take(notify.property(), answer);
                } else if (notify.property() == XServer.NONE) {
                    refused(notify.target());
                }
            } else if (event instanceof XEvent.PropertyNotify change
                    && change.window() == window
                    && answers.containsKey(change.atom())) {
                Answer answer = answers.get(change.atom());
                if (!change.deleted() && answer != null && answer.pieces != null) {
                    take(change.atom(), answer);
                }
            } else {
                others.accept(event);
            }
        }

        private void refused(int target) {
            answers.values().stream()
                    .filter(answer -> answer.target == target)
                    .forEach(answer -> answer.complete = true);
        }

        private void take(int name, Answer answer) {
            Property part = server.properties().take(window, name, MAX_BYTES);
            bytes += part.value().length;
            if (bytes > MAX_BYTES) {
                answer.value = null;
                answer.complete = true;
            } else if (answer.pieces != null) {
                answer.add(part);
            } else if (part.type() == atoms.get("INCR")) {
                answer.pieces = new ByteArrayOutputStream();
                server.flush();
            } else {
                answer.value = part;
                answer.complete = true;
            }
        }
    }

    /** What has come of one property. */
    private static final class Answer {

        private final int target;
        private @Nullable Property value;
        private @Nullable ByteArrayOutputStream pieces;
        private boolean complete;

        Answer(int target) {
            this.target = target;
        }

        void add(Property piece) {
            ByteArrayOutputStream all = pieces;
            if (all == null || piece.type() == XServer.NONE) {
                return;
            }
            all.writeBytes(piece.value());
            if (piece.value().length == 0) {
                value = new Property(piece.type(), piece.format(), all.toByteArray());
                complete = true;
            }
        }
    }
}
