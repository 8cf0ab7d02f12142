package dev.deskpost.monitoring;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(MonitoringProperties.class)
class MonitoringConfiguration {

    /**
     * Two threads for the database and one for the desktop: each may be held up by one that does not answer. Nobody waits for
     * them, not even the end of the service.
     */
    @Bean
    ThreadPoolTaskScheduler monitoringExecutor() {
        ThreadPoolTaskScheduler executor = new ThreadPoolTaskScheduler();
        executor.setPoolSize(3);
        executor.setThreadNamePrefix("deskpost-monitoring-");
        executor.setDaemon(true);
        return executor;
    }

    /** Spring's metrics of HTTP come without a word of help, which Prometheus asks for. */
    @Bean
    MeterFilter wordOfHelp() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("http.server.requests") && id.getDescription() == null
                        ? new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTags()),
                                id.getBaseUnit(),
                                "Calls of the API, by pattern of their address",
                                id.getType())
                        : id;
            }
        };
    }
}
