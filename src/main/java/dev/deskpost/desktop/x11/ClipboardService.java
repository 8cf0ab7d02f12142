package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.x11.SelectionTransfer.Served;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XFixes;
import dev.deskpost.desktop.x11.wire.XProtocolError;
import dev.deskpost.desktop.x11.wire.XServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers those who ask for the selections that are ours:
 *
 * <ul>
 *   <li>the program of the present offer's target gets its content, and that of an offer that was closed a moment ago gets
 *       that one: programs read late and several times;
 *   <li>everybody else gets, while there is an offer, only the answer that it is a secret, and when the clipboard was put
 *       back, what was there before (but not the {@link Debtors}).
 * </ul>
 *
 * Used by the clipboard's thread alone.
 */
final class ClipboardService {

    private static final Logger log = LoggerFactory.getLogger(ClipboardService.class);
    private static final ClipboardContent NOTHING = new ClipboardContent(List.of());

    private final XServer server;
    private final Programs programs;
    private final Debtors debtors;
    private final int window;
    private final Duration readLimit;
    private final ServerClock clock;
    private final XFixes fixes;
    private final SelectionTransfer transfer;
    private final SelectionReader contents;
    private final Readings readings;
    private final Map<Integer, HeldSelection> selections = new HashMap<>();

    private @Nullable X11Offer present;

    /** Until when a program may be pasting what it has copied itself, which nobody can see. */
    private long ownPasteUntil = System.nanoTime();

    private boolean putBack;

    /** @param names the selections that may be taken, as atoms */
    ClipboardService(
            XServer server,
            Atoms atoms,
            WindowReader windows,
            Duration linger,
            Duration readLimit,
            Duration patience,
            Set<Integer> names) {
        this.server = server;
        this.programs = new Programs(server, windows);
        this.debtors = new Debtors(server, programs);
        this.readings = new Readings(programs, linger);
        this.readLimit = readLimit;
        this.window = server.createInputOnlyWindow(EventMask.PROPERTY_CHANGE);
        this.clock = new ServerClock(server, atoms, window, patience);
        this.fixes = new XFixes(server);
        this.transfer = new SelectionTransfer(server, atoms);
        this.contents = new SelectionReader(server, atoms, window);
        names.forEach(name -> {
            selections.put(name, new HeldSelection(server, name, window));
            fixes.watch(window, name);
        });
    }

    /** What the selections are owned with. */
    int window() {
        return window;
    }

    /** Makes an offer the present one. The last one is taken from its owner by that. */
    void take(X11Offer next) {
        awaitQuiet();
        Optional.ofNullable(present).ifPresent(X11Offer::markTaken);
        readings.makeWayFor(next);
        present = null;
        int now = clock.now(this::handle);
        readings.begin(next);
        present = next;
        putBack = false;
        for (int name : next.selections()) {
            if (!held(name).take(now, () -> contents.read(name, now, readLimit, this::handle))) {
                next.markTaken();
            }
        }
    }

    /** Nothing changes on the clipboard while a program is in the middle of a paste. */
    private void awaitQuiet() {
        for (long left = ownPasteUntil - System.nanoTime(); left > 0; left = ownPasteUntil - System.nanoTime()) {
            server.nextEvent(Duration.ofNanos(left)).ifPresent(this::handle);
        }
        for (X11Offer offer : readings.offers()) {
            for (Duration left = offer.untilQuiet(); left.toNanos() > 0; left = offer.untilQuiet()) {
                server.nextEvent(left).ifPresent(this::handle);
            }
        }
    }

    /** What another program has put there, or empty if there is none or it did not hand anything over. */
    Optional<ClipboardContent> read(int name, Duration limit) {
        int owner = server.selections().owner(name);
        if (owner == XServer.NONE || held(name).isOurs()) {
            return Optional.empty();
        }
        long end = System.nanoTime() + limit.toNanos();
        int time = clock.now(this::handle);
        ClipboardContent content = contents.read(name, time, limit, this::handle);
        boolean inTime = System.nanoTime() - end < 0;
        boolean sameOwner = server.selections().owner(name) == owner;
        if (sameOwner && !inTime && content.formats().isEmpty()) {
            debtors.owes(owner, time);
        }
        return sameOwner && !content.formats().isEmpty() ? Optional.of(content) : Optional.empty();
    }

    /** Whether what lies there is what the target's program has copied for us. */
    boolean isCopyOf(int name, Target target) {
        int copier = held(name).copier();
        return copier != XServer.NONE && programs.isOf(copier, target);
    }

    /** The program that has copied for us is not in the middle of a paste of that. */
    void settled() {
        ownPasteUntil = System.nanoTime();
    }

    boolean owesAnswer(Target target) {
        return debtors.isOneOf(target);
    }

    /** The delivery has gone on: the offer is served for a while longer. */
    void linger(X11Offer offer) {
        readings.linger(offer);
        if (present == offer) {
            present = null;
        }
    }

    void putBack() {
        awaitQuiet();
        Optional.ofNullable(present).ifPresent(this::linger);
        putBack = true;
        int now = clock.now(this::handle);
        selections.values().forEach(held -> held.putBack(now));
        endOldOffers();
        server.flush();
    }

    /** Ends offers that were closed long enough ago, and gives up a clipboard that has nothing to serve any more. */
    void endOldOffers() {
        readings.endOld();
        if (readings.isEmpty()) {
            selections.values().forEach(HeldSelection::releaseIfEmpty);
            server.flush();
        }
    }

    Duration timeToWait() {
        return readings.untilNextEnds();
    }

    void release() {
        selections.values().forEach(HeldSelection::release);
    }

    void markAllTaken() {
        readings.offers().forEach(X11Offer::markTaken);
    }

    void handle(XEvent event) {
        try {
            if (event instanceof XEvent.SelectionRequest request) {
                answer(request);
                server.flush();
            } else if (event instanceof XEvent.SelectionClear clear) {
                lost(clear.selection());
            } else if (event instanceof XEvent.PropertyNotify property && property.deleted()) {
                transfer.continueWith(property);
            } else if (event instanceof XEvent.SelectionNotify late && late.requestor() == window) {
                debtors.answers(late.time());
            } else if (event instanceof XEvent.DestroyNotify gone) {
                transfer.forget(gone.window());
                debtors.forget(gone.window());
            } else {
                fixes.taken(event).ifPresent(this::countCopy);
            }
        } catch (XProtocolError e) {
            log.debug("A reader of the clipboard vanished while it was answered: {}", e.getMessage());
        }
    }

    private void answer(XEvent.SelectionRequest request) {
        HeldSelection held = selections.get(request.selection());
        if (held == null || !held.isOurs()) {
            server.selections().answer(request, XServer.NONE);
            return;
        }
        Optional<X11Offer> meant = readings.offerFor(request);
        if (meant.isPresent()) {
            X11Offer offer = meant.get();
            if (offer.isRevoked()) {
                server.selections().answer(request, XServer.NONE);
            } else {
                transfer.answer(request, served(offer.content(), held, true), offer::markFetched);
            }
        } else if (putBack && !debtors.isOneAsking(request.requestor())) {
            transfer.answer(request, served(held.before(), held, false), () -> {});
        } else {
            // A manager that hears nothing at all might take an empty clipboard for lost, and fill it again.
            transfer.answer(request, served(NOTHING, held, true), () -> {});
        }
    }

    private Served served(ClipboardContent content, HeldSelection held, boolean secret) {
        return transfer.served(content, held.since(), secret);
    }

    /** Somebody took a selection; but the event may be older than our latest taking: the server knows who owns it now. */
    private void lost(int name) {
        HeldSelection held = selections.get(name);
        // The claim to the display lives on this connection, too; and anybody may send any event.
        if (held == null || !held.isOurs()) {
            return;
        }
        int owner = server.selections().owner(name);
        X11Offer offer = present;
        if (owner == held.window()) {
            return;
        }
        if (offer == null) {
            held.lost(XServer.NONE);
            return;
        }
        // Programs put what is selected on PRIMARY, and our keys select.
        boolean byTarget = owner != XServer.NONE
                && (name == KnownAtom.PRIMARY || offer.expectsCopy())
                && programs.isOf(owner, offer.target());
        held.lost(byTarget ? owner : XServer.NONE);
        if (byTarget && name != KnownAtom.PRIMARY) {
            ownPasteUntil =
                    System.nanoTime() + readings.habit(offer).quietAfterCopy().toNanos();
            offer.markCopied(fixes.isThere());
        } else if (!byTarget && offer.selections().contains(name)) {
            offer.markTaken();
        }
    }

    /** The target's program may copy more than once, and only the first time it takes the selection from us. */
    private void countCopy(XFixes.Taken taken) {
        X11Offer offer = present;
        if (offer != null
                && taken.selection() != KnownAtom.PRIMARY
                && taken.owner() != XServer.NONE
                && programs.isOf(taken.owner(), offer.target())) {
            offer.countCopy();
        }
    }

    private HeldSelection held(int name) {
        return Objects.requireNonNull(selections.get(name));
    }
}
