package dev.deskpost.delivery;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** How deliveries fared on the clipboard since the process started. Any thread may ask. */
@Component
public class ClipboardFigures {

    private final LongAdder offers = new LongAdder();
    private final LongAdder offersAgain = new LongAdder();
    private final LongAdder losses = new LongAdder();

    /** How often an attempt offered its first content. */
    public long offers() {
        return offers.sum();
    }

    /** How often an attempt offered one in the place of another: after a loss, in doubt, or to put a draft back. */
    public long offersAgain() {
        return offersAgain.sum();
    }

    /** How often another program took the clipboard while a window was to paste from it. */
    public long losses() {
        return losses.sum();
    }

    void offered(boolean again) {
        (again ? offersAgain : offers).increment();
    }

    void lost() {
        losses.increment();
    }
}
