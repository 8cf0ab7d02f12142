package dev.deskpost.event;

import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Who writes the log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventProperties.class)
class EventConfiguration {

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /**
     * One thread, so that events keep their order. It ends after the one that delivers, whose last outcome other processes
     * are to hear of.
     */
    @Bean
    ThreadPoolTaskScheduler eventExecutor() {
        ThreadPoolTaskScheduler executor = new ThreadPoolTaskScheduler();
        executor.setPoolSize(1);
        executor.setThreadNamePrefix("deskpost-reporter-");
        executor.setDaemon(true);
        executor.setAcceptTasksAfterContextClose(true);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationMillis(LAST_WORDS.toMillis());
        return executor;
    }
}
