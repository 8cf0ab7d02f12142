package dev.deskpost.monitoring.notify;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
class NotificationConfiguration {

    /** What a name means; a test has a phone book of its own. */
    @Bean
    @ConditionalOnMissingBean
    DnsResolver webhookNames() {
        return new SystemDefaultDnsResolver();
    }
}
