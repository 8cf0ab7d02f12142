package dev.deskpost.receipt;

import dev.deskpost.message.Readiness;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.Activity.State;
import dev.deskpost.recipient.DeliverWhen;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.Waiting;
import dev.deskpost.recipient.Waiting.AfterLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether a recipient is ready for a message, by what its hooks say and what its settings ask for. Nothing is typed into one
 * that is blocked, whatever they ask for; one that has no window is always ready.
 */
@Component
public class ReadyRecipients implements Readiness {

    private final Activities activities;
    private final Recipients recipients;
    private final Clock clock;

    ReadyRecipients(Activities activities, Recipients recipients, Clock clock) {
        this.activities = activities;
        this.recipients = recipients;
        this.clock = clock;
    }

    /**
     * Why nothing may be typed now.
     *
     * @param tooLong the message has waited for as long as it is to wait, and is to fail
     */
    public record NotReady(Activity activity, boolean tooLong) {

        /** A key that is pressed would answer it. */
        public boolean isQuestion() {
            return activity.state() == State.BLOCKED;
        }

        /** For people: a clause. */
        public String words() {
            return isQuestion()
                    ? "it has asked a person something since " + activity.since()
                            + ", and what is typed would answer that"
                    : "it has been busy since " + activity.since();
        }
    }

    @Override
    public Optional<Instant> heldUntil(String recipient, Instant dueSince, Instant now) {
        return obstacle(recipient, now).flatMap(obstacle -> until(obstacle, dueSince, now));
    }

    /** To be asked before anything is typed. A message whose time to wait is up may be delivered, or is to fail. */
    public Optional<NotReady> notReady(Recipient recipient, Instant dueSince) {
        Instant now = clock.instant();
        boolean over = isOver(recipient.waiting(), dueSince, now);
        boolean tooLong = over && recipient.waiting().then() == AfterLimit.FAIL;
        return activities
                .of(recipient.id(), now)
                .or(() ->
                        tooLong ? questionAt(dueSince.plus(recipient.waiting().limit()), recipient) : Optional.empty())
                .filter(activity -> stopsAt(activity, recipient))
                .filter(activity -> !over || tooLong || activity.state() == State.BLOCKED)
                .map(activity -> new NotReady(activity, tooLong));
    }

    /**
     * A message whose wait was over while there was a question fails, although by now that is not believed any more: the loop
     * may look late, and both times may be the same.
     */
    private Optional<Activity> questionAt(Instant end, Recipient recipient) {
        return activities.of(recipient.id(), end.minusNanos(1)).filter(activity -> activity.state() == State.BLOCKED);
    }

    private record Obstacle(Activity activity, Waiting waiting) {}

    private Optional<Obstacle> obstacle(String id, Instant now) {
        return activities
                .of(id, now)
                .flatMap(activity -> recipients
                        .find(id)
                        .filter(recipient -> stopsAt(activity, recipient))
                        .map(recipient -> new Obstacle(activity, recipient.waiting())));
    }

    private static boolean stopsAt(Activity activity, Recipient recipient) {
        boolean stops = switch (activity.state()) {
            case BLOCKED -> true;
            case BUSY -> recipient.waiting().when() == DeliverWhen.IDLE;
            case IDLE -> false;
        };
        return stops && recipient.window().isPresent();
    }

    private static Optional<Instant> until(Obstacle obstacle, Instant dueSince, Instant now) {
        Waiting waiting = obstacle.waiting();
        Optional<Instant> lived = Optional.ofNullable(obstacle.activity().until());
        if (obstacle.activity().state() == State.BLOCKED && waiting.then() == AfterLimit.DELIVER) {
            return lived;
        }
        if (isOver(waiting, dueSince, now)) {
            return Optional.empty();
        }
        Instant limit = dueSince.plus(waiting.limit());
        return lived.filter(limit::isAfter).or(() -> Optional.of(limit));
    }

    private static boolean isOver(Waiting waiting, Instant dueSince, Instant now) {
        return !dueSince.plus(waiting.limit()).isAfter(now);
    }
}
