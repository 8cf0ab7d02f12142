package dev.deskpost.desktop.x11;

import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Typist;
import java.util.function.Supplier;

/** {@link Hands} that may die while the rest of the link lives on, and are got anew then. */
final class LivingHands implements Pointer, Typist {

    private final Supplier<Hands> fresh;
    private Hands present;

    /** @throws dev.deskpost.desktop.DesktopUnavailable if there are none */
    LivingHands(Supplier<Hands> fresh) {
        this.fresh = fresh;
        this.present = fresh.get();
    }

    /**
     * Gets them anew if they are dead.
     *
     * @throws dev.deskpost.desktop.DesktopUnavailable if there are none any more
     */
    void revive() {
        if (!isAlive()) {
            close();
            present = fresh.get();
        }
    }

    /** Whether they press the keys, too. */
    boolean areTyping() {
        return present.keys().isPresent();
    }

    @Override
    public void moveTo(Point point) {
        present.pointer().moveTo(point);
    }

    @Override
    public void press(KeyChord chord) {
        present.keys().orElseThrow().press(chord);
    }

    @Override
    public boolean isAlive() {
        return present.pointer().isAlive();
    }

    @Override
    public void close() {
        present.pointer().close();
    }
}
