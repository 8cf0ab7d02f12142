package dev.deskpost.delivery;

import dev.deskpost.message.Claim;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All that hear of attempts. What one of them throws disturbs neither the attempt nor the others. */
@Component
final class AttemptObservers {

    private static final Logger log = LoggerFactory.getLogger(AttemptObservers.class);

    private final List<AttemptObserver> observers;

    AttemptObservers(ObjectProvider<AttemptObserver> observers) {
        this.observers = observers.orderedStream().toList();
    }

    void noted(Claim claim, Step step) {
        tell(observer -> observer.noted(claim, step));
    }

    void kept(Claim claim, Step step) {
        tell(observer -> observer.kept(claim, step));
    }

    private void tell(Consumer<AttemptObserver> news) {
        for (AttemptObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException | Error e) {
                log.error("{} failed; the attempt goes on", observer.getClass().getName(), e);
            }
        }
    }
}
