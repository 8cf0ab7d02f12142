package dev.deskpost.monitoring;

import dev.deskpost.desktop.Desktop;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
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
        FunctionTimer.builder(
                        "deskpost.desktop.lock.wait",
                        desktop,
                        it -> it.lockFigures().contended(),
                        it -> it.lockFigures().totalWait().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Waits for a lock that was not free at once")
                .register(registry);
        TimeGauge.builder(
                        "deskpost.desktop.lock.wait.longest",
                        desktop,
                        TimeUnit.NANOSECONDS,
                        it -> it.lockFigures().longestWait().toNanos())
                .description("The longest wait since the start")
                .register(registry);
        FunctionCounter.builder(
                        "deskpost.desktop.lock.acquisitions",
                        desktop,
                        it -> it.lockFigures().acquisitions())
                .description("How often the lock was taken")
                .register(registry);
        FunctionCounter.builder(
                        "deskpost.desktop.lock.contended",
                        desktop,
                        it -> it.lockFigures().contended())
                .description("How often the lock was not free at once")
                .register(registry);
        FunctionCounter.builder(
                        "deskpost.desktop.lock.timeouts",
                        desktop,
                        it -> it.lockFigures().timeouts())
                .description("How often the lock was not taken because the patience was up")
                .register(registry);
        Gauge.builder(
                        "deskpost.desktop.lock.waiting",
                        desktop,
                        it -> it.lockFigures().waiting())
                .description("How many wait for the lock now")
                .register(registry);
    }
}
