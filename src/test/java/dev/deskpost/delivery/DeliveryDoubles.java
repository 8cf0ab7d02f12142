package dev.deskpost.delivery;

import dev.deskpost.desktop.InMemoryDesktop;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A desktop in memory and a clock that is turned by hand. Not nested in the test that uses it: Spring would find it there
 * for the test itself, not for its nested classes, and make two contexts, so two loops over one queue.
 */
@TestConfiguration
class DeliveryDoubles {

    @Bean
    @Primary
    InMemoryDesktop inMemoryDesktop() {
        return new InMemoryDesktop();
    }

    @Bean
    @Primary
    MutableClock mutableClock() {
        return new MutableClock();
    }
}
