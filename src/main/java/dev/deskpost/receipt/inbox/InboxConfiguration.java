package dev.deskpost.receipt.inbox;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
class InboxConfiguration {

    @Bean
    InboxFolders inboxFolders(InboxProperties properties) {
        return new InboxFolders(properties.root());
    }

    @Bean
    InboxWriter inboxWriter(InboxProperties properties) {
        return new InboxWriter(properties.temporaryKeep());
    }

    @Bean(destroyMethod = "close")
    InboxWatch inboxWatch(InboxProperties properties, Clock clock, ApplicationEventPublisher events) {
        return new InboxWatch(properties.pollInterval(), properties.maxExpected(), clock, events::publishEvent);
    }
}
