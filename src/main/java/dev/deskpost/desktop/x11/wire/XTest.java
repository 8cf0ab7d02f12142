package dev.deskpost.desktop.x11.wire;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Input that the server treats as coming from the keyboard and the mouse (XTEST extension protocol 2.2). */
public final class XTest {

    private static final int FAKE_INPUT = 2;
    private static final int GRAB_CONTROL = 3;
    private static final int KEY_PRESS = 2;
    private static final int KEY_RELEASE = 3;
    private static final int BUTTON_PRESS = 4;
    private static final int BUTTON_RELEASE = 5;

    private static final int GET_POINTER_MAPPING = 117;

    private final XServer server;
    private final int opcode;

    /** @throws ConnectionLost if the server does not have the extension, for then nothing can be typed there */
    public XTest(XServer server) {
        this.server = server;
        this.opcode = server.extension("XTEST")
                .orElseThrow(() -> new ConnectionLost("the X server has no XTEST extension: nothing can be typed"));
    }

    /** Keeps this connection going while another client has grabbed the server. */
    public void ignoreGrabs() {
        server.send(Request.of(opcode, GRAB_CONTROL).card8(1));
    }

    public void key(int keycode, boolean press) {
        fake(press ? KEY_PRESS : KEY_RELEASE, keycode);
    }

    public void button(int button, boolean press) {
        fake(press ? BUTTON_PRESS : BUTTON_RELEASE, button);
    }

    /**
     * The button that programs take for the first, where the buttons are swapped another than 1 (core protocol,
     * GetPointerMapping); empty if none is.
     */
    public OptionalInt firstButton() {
        Packet reply = server.call(Request.of(GET_POINTER_MAPPING));
        return IntStream.rangeClosed(1, reply.card8(1))
                .filter(button -> reply.card8(Packet.SIZE + button - 1) == 1)
                .findFirst();
    }

    /** A keycode that no key of a keyboard has: evdev and the older drivers count theirs from the next one. */
    public int unusedKeycode() {
        return server.minKeycode();
    }

    private void fake(int type, int detail) {
        server.send(Request.of(opcode, FAKE_INPUT)
                .card8(type)
                .card8(detail)
                .unused(2)
                .card32(0)
                .card32(0)
                .unused(8)
                .card16(0)
                .card16(0)
                .unused(8));
    }
}
