package dev.deskpost.database;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** What the databases need that Spring Boot does not give them. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    PlatformTransactionManager transactionManager(
            EntityManagerFactory entities, DataSource database, JdbcConnectionDetails connection) {
        boolean h2 = DatabaseKind.of(connection) == DatabaseKind.H2;
        return h2 ? new DurableCommits(entities, database) : new JpaTransactionManager(entities);
    }

    /** Static: it has to be there before the pool is. */
    @Bean
    static ClosedByItself closedByItself(ApplicationEventPublisher events) {
        return new ClosedByItself(events);
    }

    /**
     * Connections of its own, without the pool's limits: one waits in a transaction while another migrates, and to make an
     * index may take minutes.
     */
    @Bean
    @Conditional(OnPostgres.class)
    FlywayConfigurationCustomizer migrationsTakeTheirTime(JdbcConnectionDetails connection) {
        return flyway -> flyway.dataSource(connection.getJdbcUrl(), connection.getUsername(), connection.getPassword());
    }

    @Bean
    @Conditional(OnPostgres.class)
    WakeUpCalls wakeUpCalls(JdbcClient client, JdbcConnectionDetails connection, ApplicationEventPublisher events) {
        return new WakeUpCalls(client, connection, events);
    }
}
