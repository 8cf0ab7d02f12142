package dev.deskpost.delivery;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties({DeliveryProperties.class, TimingProperties.class})
class DeliveryConfiguration {

    /**
     * One thread: one desktop, one typist. A running attempt ends before the service stops, how it ended is written down, and
     * only then another can be the station: the lease is given back after this.
     */
    @Bean
    @DependsOn({"stationLease", "outcomes"})
    ThreadPoolTaskScheduler deliveryExecutor(DeliveryProperties properties) {
        ThreadPoolTaskScheduler executor = new ThreadPoolTaskScheduler();
        executor.setPoolSize(1);
        executor.setThreadNamePrefix("deskpost-delivery-");
        executor.setRemoveOnCancelPolicy(true);
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationMillis(properties.stopLimit().toMillis());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }
}
