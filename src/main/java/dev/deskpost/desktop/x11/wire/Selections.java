package dev.deskpost.desktop.x11.wire;

/**
 * The requests about selections: the clipboard, and who manages what (ICCCM 2, "Peer-to-Peer Communication by Means of
 * Selections").
 */
public final class Selections {

    private static final int SELECTION_NOTIFY = 31;

    private final XServer server;

    Selections(XServer server) {
        this.server = server;
    }

    /** The window that owns the selection; 0 if none does. */
    public int owner(int selection) {
        return server.call(Request.of(23).card32(selection)).int32(8);
    }

    /** Takes the selection, or gives it up with owner 0. Whether it worked, {@link #owner} tells. */
    public void setOwner(int owner, int selection, int time) {
        server.send(Request.of(22).card32(owner).card32(selection).card32(time));
    }

    /** Asks the owner to put its content, converted to the target, into a property of the requestor. */
    public void convert(int requestor, int selection, int target, int property, int time) {
        server.send(Request.of(24)
                .card32(requestor)
                .card32(selection)
                .card32(target)
                .card32(property)
                .card32(time));
    }

    /** Answers a request for our selection: converted into that property, or refused with 0. */
    public void answer(XEvent.SelectionRequest asked, int property) {
        server.send(Request.of(25)
                .card32(asked.requestor())
                .card32(0)
                .card8(SELECTION_NOTIFY)
                .unused(3)
                .card32(asked.time())
                .card32(asked.requestor())
                .card32(asked.selection())
                .card32(asked.target())
                .card32(property)
                .unused(8));
    }

    /** Tells whoever watches the root window that a manager selection has a new owner (ICCCM 2.8, "Manager Selections"). */
    public void announceManager(int manager, int selection, int owner, int time) {
        server.sendToRoot(EventMask.STRUCTURE_NOTIFY, server.root(), manager, time, selection, owner);
    }
}
