/**
 * Whether messages flow as they should, and since when they do not: rules with thresholds, evaluated in this process on a
 * thread of its own. {@code /actuator/alerts} shows them.
 *
 * <p>It only looks, and never waits for what it looks at: figures of the database are read by others. It must not know who is
 * told: it publishes {@code AlertChanged}.
 *
 * <p>Start reading at {@code Alerts}; then {@code RuleWatch} for when an alert fires and resolves, and the three classes
 * with rules: {@code DeliveryRules}, {@code QueueRules}, {@code StationRules}.
 */
@NamedInterface("alert")
@NullMarked
package dev.deskpost.monitoring.alert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
