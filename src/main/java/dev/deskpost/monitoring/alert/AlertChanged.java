package dev.deskpost.monitoring.alert;

/**
 * An alert fires now, or does not any more. Published by the thread that evaluates: what a listener takes its time for, all
 * alerts wait for.
 *
 * @param from where it stood before
 * @param handedOver it was not resolved: another process is the station now, and looks after it. Nobody needs to be told
 */
public record AlertChanged(Alert alert, Alert.State from, boolean handedOver) {

    public boolean isFiring() {
        return alert.state() == Alert.State.FIRING;
    }
}
