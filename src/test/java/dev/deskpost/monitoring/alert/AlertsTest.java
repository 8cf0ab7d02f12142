package dev.deskpost.monitoring.alert;

import static dev.deskpost.monitoring.alert.Alert.State.FIRING;
import static dev.deskpost.monitoring.alert.Alert.State.INACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.HandClock;
import dev.deskpost.monitoring.alert.Alert.Unit;
import dev.deskpost.monitoring.alert.Reading.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

class AlertsTest {

    private static final Supplier<Reading> BAD = () -> new Measured(1, "bad");

    private final HandClock clock = new HandClock();
    private final List<Object> told = new ArrayList<>();

    private static Rule rule(String name, boolean enabled, Supplier<Reading> read) {
        return new Rule(name, Unit.MESSAGES, 0, new Rule.Timing(enabled, Duration.ZERO, Duration.ZERO), read);
    }

    private Alerts alerts(Rule... rules) {
        return new Alerts(List.of(rules), told::add, clock);
    }

    @Test
    void a_rule_that_throws_does_not_keep_the_others_from_being_evaluated() {
        Alerts alerts = alerts(
                rule("broken", true, () -> {
                    throw new IllegalStateException("broken");
                }),
                rule("sound", true, BAD));
        alerts.evaluate();
        assertThat(alerts.all()).extracting(Alert::rule).containsExactly("broken", "sound");
        assertThat(alerts.all()).extracting(Alert::state).containsExactly(INACTIVE, FIRING);
        assertThat(alerts.all().get(0).summary()).isEqualTo("it could not be evaluated; the log says why");
    }

    @Test
    void a_listener_that_throws_does_not_keep_the_others_from_being_told() {
        List<String> heard = new ArrayList<>();
        Alerts alerts = new Alerts(
                List.of(rule("one", true, BAD), rule("two", true, BAD)),
                event -> {
                    heard.add(((AlertChanged) event).alert().rule());
                    throw new IllegalStateException("a listener failed");
                },
                clock);
        alerts.evaluate();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void one_that_is_switched_off_is_shown_and_never_fires() {
        Alerts alerts = alerts(rule("off", false, BAD));
        alerts.evaluate();
        assertThat(told).isEmpty();
        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.enabled()).isFalse();
            assertThat(alert.state()).isEqualTo(INACTIVE);
            assertThat(alert.summary()).isEqualTo("switched off");
        });
    }

    @Test
    void a_service_that_ends_alerts_nobody() {
        Alerts alerts = alerts(rule("one", true, BAD));
        alerts.on(new ContextClosedEvent(new StaticApplicationContext()));
        alerts.evaluate();
        assertThat(told).isEmpty();
    }
}
