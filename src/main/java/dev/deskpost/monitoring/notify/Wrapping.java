package dev.deskpost.monitoring.notify;

import java.time.Instant;

/** Writes a notification as a receiver understands it. */
interface Wrapping {

    /** @param now the time of this try */
    Parcel wrap(Notification notification, Instant now);
}
