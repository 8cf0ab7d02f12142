package dev.deskpost.database;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start without the URL of a PostgreSQL in the profile {@code postgres}, before anything is opened: without one
 * Spring Boot would quietly make an H2 in memory, and every message be gone with the process.
 */
@Component
@Profile("postgres")
class PostgresUrl implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final String PROPERTY = "spring.datasource.url";
    private static final String PREFIX = "jdbc:postgresql:";

    private String url = "";

    /** There is no such URL: what stands in its place. */
    static final class Missing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Missing(String url) {
            super(
                    url.isBlank()
                            ? "The profile 'postgres' is active, but " + PROPERTY + " is not set"
                            : "The profile 'postgres' is active, but " + PROPERTY + " names no PostgreSQL: " + url);
        }
    }

    @Override
    public void setEnvironment(Environment environment) {
        url = environment.getProperty(PROPERTY, "");
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!url.startsWith(PREFIX)) {
            throw new Missing(url);
        }
    }
}
