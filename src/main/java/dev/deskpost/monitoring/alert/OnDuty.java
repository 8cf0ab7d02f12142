package dev.deskpost.monitoring.alert;

import dev.deskpost.delivery.Processor;
import dev.deskpost.monitoring.alert.Reading.Elsewhere;
import dev.deskpost.station.StationLease;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Whether this process looks after the station. Of several that stand in for each other one alerts: the one that delivers. That
 * takes a database that they share: who has one of its own is alone with its queue, also while another delivers to its
 * desktop.
 */
@Component
class OnDuty {

    private final Processor processor;
    private final StationLease lease;

    OnDuty(Processor processor, StationLease lease) {
        this.processor = processor;
        this.lease = lease;
    }

    /** The same reading, unless this process stands by for one that looks after the same queue. */
    Supplier<Reading> orElsewhere(Supplier<Reading> reading) {
        return () -> isReplaceable() && processor.state() == Processor.State.STANDBY
                ? new Elsewhere("this process stands by; the one that delivers evaluates this")
                : reading.get();
    }

    /** Whether another process may look after the same queue. */
    boolean isReplaceable() {
        return lease.isShared();
    }

    /**
     * Whether this process certainly is the station. Not if it stands by, and not if the database that would say so has been
     * away for longer than the lease.
     */
    boolean isCertain() {
        return lease.isHeld();
    }
}
