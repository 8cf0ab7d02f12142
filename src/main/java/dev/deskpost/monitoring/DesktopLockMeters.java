package dev.deskpost.monitoring;

import dev.deskpost.desktop.Desktop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How crowded it is before the lock of the desktop. Reads figures that are kept anyway, only when somebody asks. */
@Component
class DesktopLockMeters implements MeterBinder {

    private final Desktop desktop;

    DesktopLockMeters(Desktop desktop) {
        this.desktop = desktop;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Metric.LOCK_WAIT.timer(
                registry,
                desktop,
                it -> it.lockFigures().contended(),
                it -> it.lockFigures().totalWait());
        Metric.LOCK_LONGEST.time(registry, desktop, it -> it.lockFigures().longestWait());
        Metric.LOCK_ACQUISITIONS.counter(
                registry, desktop, it -> it.lockFigures().acquisitions());
        Metric.LOCK_CONTENDED.counter(registry, desktop, it -> it.lockFigures().contended());
        Metric.LOCK_TIMEOUTS.counter(registry, desktop, it -> it.lockFigures().timeouts());
        Metric.LOCK_WAITING.gauge(registry, desktop, it -> it.lockFigures().waiting());
    }
}
