package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.Activities;
import dev.deskpost.receipt.Inboxes;
import dev.deskpost.receipt.Receipt;
import dev.deskpost.receipt.Receipts;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.Activity.State;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.Recipient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Attempts that were submitted and whose recipient's own proof is awaited. Others are delivered meanwhile; only the lane of
 * the message waits. Used by the executor's thread, which asks for those that are decided; receipts wake it.
 *
 * <p>When the time is up nothing is known: silence is no proof that nothing was submitted. A recipient that was busy with
 * something else when it got the text may say so late, so the time counts from when it was not busy any more.
 */
@Component
class AwaitedProofs {

    private record Awaited(AttemptLog attempt, Recipient recipient, Instant submittedAt, Duration limit) {

        String id() {
            return attempt.claim().messageId();
        }

        Wait kind() {
            return kind(recipient);
        }

        static Wait kind(Recipient recipient) {
            return recipient.confirmedBy() == ConfirmedBy.INBOX ? Wait.INBOX : Wait.RECEIPT;
        }
    }

    /** How an awaited attempt has ended. */
    record Decided(AttemptLog attempt, DeliveryOutcome outcome) {}

    private final Receipts receipts;
    private final Inboxes inboxes;
    private final Activities activities;
    private final AdaptiveTimeouts timeouts;
    private final Clock clock;

    private final Map<String, Awaited> awaited = new LinkedHashMap<>();

    /** When each is to be looked at although nothing was reported. */
    private final Map<String, Instant> lookAt = new HashMap<>();

    /** Messages of which something was reported since they were looked at last. */
    private final Set<String> news = ConcurrentHashMap.newKeySet();

    private volatile boolean othersHaveNews;

    AwaitedProofs(Receipts receipts, Inboxes inboxes, Activities activities, AdaptiveTimeouts timeouts, Clock clock) {
        this.receipts = receipts;
        this.inboxes = inboxes;
        this.activities = activities;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** Something was reported of a message. May be called by any thread. */
    void newsOf(String messageId) {
        news.add(messageId);
    }

    /** To be called before the submit keys: what is there already is no proof. */
    void expect(Claim claim, Recipient recipient) {
        if (recipient.confirmedBy() == ConfirmedBy.INBOX) {
            inboxes.expect(claim.messageId(), recipient);
        }
    }

    /** The text is submitted. */
    void await(AttemptLog attempt, Recipient recipient) {
        add(attempt, recipient, clock.instant());
    }

    /** An earlier process may have submitted the text, and had to leave it at that. */
    void adopt(AttemptLog attempt, Recipient recipient, Instant submittedAt) {
        if (recipient.confirmedBy() == ConfirmedBy.INBOX) {
            inboxes.expectOrFind(attempt.claim().messageId(), recipient, submittedAt);
        }
        add(attempt, recipient, submittedAt);
    }

    private void add(AttemptLog attempt, Recipient recipient, Instant submittedAt) {
        Duration limit = recipient.proofWithin().orElseGet(() -> timeouts.limit(Awaited.kind(recipient)));
        Awaited one = new Awaited(attempt, recipient, submittedAt, limit);
        awaited.put(one.id(), one);
        lookAt.put(one.id(), submittedAt.plus(limit));
        news.add(one.id()); // It may have come before.
    }

    boolean isAwaited(String messageId) {
        return awaited.containsKey(messageId);
    }

    /** The station is another's now, and with it what is awaited. */
    void forget() {
        awaited.clear();
        lookAt.clear();
        news.clear();
    }

    /** Something may have been reported to another Deskpost: all are looked at. May be called by any thread. */
    void newsFromOthers() {
        othersHaveNews = true;
    }

    /** Those that are decided, which are not awaited any more. */
    List<Decided> decided() {
        Instant now = clock.instant();
        boolean all = othersHaveNews;
        othersHaveNews = false;
        List<Decided> decided = new ArrayList<>();
        for (Awaited one : List.copyOf(awaited.values())) {
            boolean isDue = !Objects.requireNonNull(lookAt.get(one.id())).isAfter(now);
            if (news.remove(one.id()) || all || isDue) {
                decide(one, now).ifPresent(outcome -> {
                    awaited.remove(one.id());
                    lookAt.remove(one.id());
                    decided.add(new Decided(one.attempt(), outcome));
                });
            }
        }
        return decided;
    }

    /** When one of them is to be looked at, unless something is reported before. */
    Optional<Instant> next() {
        return lookAt.values().stream().min(Instant::compareTo);
    }

    private Optional<DeliveryOutcome> decide(Awaited one, Instant now) {
        Optional<DeliveryOutcome> reported = reported(one);
        if (reported.isPresent()) {
            return reported;
        }
        Instant deadline = deadline(one, now);
        if (deadline.isAfter(now)) {
            lookAt.put(one.id(), deadline);
            return Optional.empty();
        }
        if (one.kind() == Wait.INBOX && inboxes.expectOrFind(one.id(), one.recipient(), one.submittedAt())) {
            return reported(one);
        }
        timeouts.missed(one.kind());
        return Optional.of(silent(one));
    }

    private Optional<DeliveryOutcome> reported(Awaited one) {
        return receipts.newestOf(one.id(), one.attempt().startedAt()).map(receipt -> reported(one, receipt));
    }

    private DeliveryOutcome reported(Awaited one, Receipt receipt) {
        if (receipt.verdict() == Verdict.WHOLE) {
            Duration took = Duration.between(one.submittedAt(), receipt.at());
            timeouts.met(one.kind(), took.isNegative() ? Duration.ZERO : took);
            one.attempt().note(Step.CONFIRMED);
            return new Delivered(receipt.evidence());
        }
        return new Unconfirmed(
                FailureCode.valueOf(receipt.verdict().name()), receipt.verdict().meaning(), Evidence.PASTE);
    }

    private Unconfirmed silent(Awaited one) {
        String waited =
                "the text was fetched and submitted, and for " + one.limit() + " the recipient has not confirmed it";
        return activities
                .hooksOf(one.recipient().id())
                .filter(hooks -> one.kind() == Wait.RECEIPT && hooks.receipts() > 0)
                .map(hooks -> new Unconfirmed(
                        FailureCode.RECIPIENT_SILENT,
                        waited + ", although its hooks have confirmed " + hooks.receipts()
                                + " before: it probably was not submitted. Look at the window, then resolve or retry",
                        Evidence.PASTE))
                .orElseGet(
                        () -> new Unconfirmed(waited + ": look at the window, then resolve or retry", Evidence.PASTE));
    }

    private Instant deadline(Awaited one, Instant now) {
        return activities
                .of(one.recipient().id(), now)
                .flatMap(activity -> notBusyFrom(activity, one.submittedAt()))
                .orElse(one.submittedAt())
                .plus(one.limit());
    }

    /** Since when it is not busy any more with what it did before it got the text. */
    private static Optional<Instant> notBusyFrom(Activity activity, Instant submittedAt) {
        if (activity.state() == State.BUSY && activity.since().isBefore(submittedAt)) {
            return Optional.ofNullable(activity.until());
        }
        return activity.state() == State.IDLE && activity.since().isAfter(submittedAt)
                ? Optional.of(activity.since())
                : Optional.empty();
    }
}
