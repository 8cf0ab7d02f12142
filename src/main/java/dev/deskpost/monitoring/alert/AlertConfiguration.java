package dev.deskpost.monitoring.alert;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(AlertProperties.class)
class AlertConfiguration {

    /** A thread that nobody waits for, and that waits for nothing: no database and no delivery holds it up. */
    @Bean
    ThreadPoolTaskScheduler alertExecutor() {
        ThreadPoolTaskScheduler executor = new ThreadPoolTaskScheduler();
        executor.setPoolSize(1);
        executor.setThreadNamePrefix("deskpost-alerts-");
        executor.setDaemon(true);
        return executor;
    }
}
