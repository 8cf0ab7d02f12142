package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Wait;
import dev.deskpost.delivery.DeliveryOutcome.Delivered;
import dev.deskpost.delivery.DeliveryOutcome.Unconfirmed;
import dev.deskpost.message.Claim;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.Activities;
import dev.deskpost.receipt.Inboxes;
import dev.deskpost.receipt.LostHooks;
import dev.deskpost.receipt.Receipt;
import dev.deskpost.receipt.Receipts;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.Activity.State;
import dev.deskpost.recipient.ConfirmedBy;
import dev.deskpost.recipient.Recipient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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

    /** @param adopted another process has submitted it, and what was reported in between was not heard */
    private record Awaited(
            AttemptLog attempt, Recipient recipient, Instant submittedAt, Duration limit, boolean adopted) {

        String id() {
            return attempt.claim().messageId();
        }

        Awaited notAfter(Instant now) {
            return submittedAt.isAfter(now) ? new Awaited(attempt, recipient, now, limit, adopted) : this;
        }

        Wait kind() {
            return kind(recipient);
        }

        static Wait kind(Recipient recipient) {
            return recipient.confirmedBy() == ConfirmedBy.INBOX ? Wait.INBOX : Wait.RECEIPT;
        }
    }

    private final Receipts receipts;
    private final Inboxes inboxes;
    private final Activities activities;
    private final LostHooks lostHooks;
    private final AdaptiveTimeouts timeouts;
    private final Clock clock;

    private final Map<String, Awaited> awaited = new LinkedHashMap<>();

    /** When each is to be looked at although nothing was reported. */
    private final Map<String, Instant> lookAt = new HashMap<>();

    /** Messages of which something was reported since they were looked at last. */
    private final Set<String> news = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean all = new AtomicBoolean();

    AwaitedProofs(
            Receipts receipts,
            Inboxes inboxes,
            Activities activities,
            LostHooks lostHooks,
            AdaptiveTimeouts timeouts,
            Clock clock) {
        this.receipts = receipts;
        this.inboxes = inboxes;
        this.activities = activities;
        this.lostHooks = lostHooks;
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

    /** The recipient's own proof that is there already: a person may have pressed the submit key on an earlier try. */
    Optional<Evidence> proofOf(Claim claim) {
        return receipts.newestOf(claim.messageId(), claim.number())
                .filter(receipt -> receipt.verdict() == Verdict.WHOLE)
                .map(Receipt::evidence);
    }

    /** The text is submitted. */
    void await(AttemptLog attempt, Recipient recipient) {
        add(attempt, recipient, clock.instant(), false);
    }

    /** An earlier process may have submitted the text, and had to leave it at that. */
    void adopt(AttemptLog attempt, Recipient recipient, Instant submittedAt) {
        if (recipient.confirmedBy() == ConfirmedBy.INBOX) {
            inboxes.expectOrFind(attempt.claim().messageId(), recipient, submittedAt);
        }
        add(attempt, recipient, submittedAt, true);
    }

    private void add(AttemptLog attempt, Recipient recipient, Instant submittedAt, boolean adopted) {
        Duration limit = recipient.proofWithin().orElseGet(() -> timeouts.limit(Awaited.kind(recipient)));
        Awaited one = new Awaited(attempt, recipient, submittedAt, limit, adopted).notAfter(clock.instant());
        awaited.put(one.id(), one);
        lookAt.put(one.id(), one.submittedAt().plus(limit));
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

    /**
     * All are to be looked at: something may have been reported to another Deskpost, or a recipient does something else now,
     * which changes how long is waited for it. May be called by any thread.
     */
    void lookAtAll() {
        all.set(true);
    }

    /** The clock was set back: what seems to be submitted later than now is submitted now. */
    void clockWentBack() {
        Instant now = clock.instant();
        awaited.replaceAll((id, one) -> one.notAfter(now));
        lookAtAll();
    }

    /**
     * Hands over how those ended that are decided; they are not awaited any more then. If the look at one fails, nothing that
     * was known or reported is forgotten: what is decided already is handed over, and the others are looked at again.
     */
    void settle(BiConsumer<AttemptLog, DeliveryOutcome> ended) {
        Instant now = clock.instant();
        boolean lookAtAll = all.getAndSet(false);
        boolean looked = false;
        try {
            for (Awaited one : List.copyOf(awaited.values())) {
                boolean isDue = !Objects.requireNonNull(lookAt.get(one.id())).isAfter(now);
                if (news.remove(one.id()) || lookAtAll || isDue) {
                    settle(one, now, ended);
                }
            }
            looked = true;
        } finally {
            if (!looked && lookAtAll) {
                all.set(true);
            }
        }
    }

    private void settle(Awaited one, Instant now, BiConsumer<AttemptLog, DeliveryOutcome> ended) {
        boolean looked = false;
        try {
            decide(one, now).ifPresent(outcome -> {
                ended.accept(one.attempt(), outcome);
                awaited.remove(one.id());
                lookAt.remove(one.id());
            });
            looked = true;
        } finally {
            if (!looked) {
                news.add(one.id());
            }
        }
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
        Unconfirmed silent = silent(one, now); // It may fail, and is asked again then.
        timeouts.missed(one.kind());
        return Optional.of(silent);
    }

    private Optional<DeliveryOutcome> reported(Awaited one) {
        return receipts.newestOf(one.id(), one.attempt().claim().number()).map(receipt -> reported(one, receipt));
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

    private Unconfirmed silent(Awaited one, Instant now) {
        String nothing = "for " + one.limit() + " the recipient has not confirmed it";
        if (!one.attempt().isDone(Step.SUBMITTED)) {
            return new Unconfirmed(
                    "Deskpost stopped while it pressed the submit keys, and " + nothing
                            + ": look at the window, then resolve or retry",
                    null);
        }
        String waited = "the text was fetched and submitted, and " + nothing;
        return activities
                .hooksOf(one.recipient().id())
                .filter(hooks -> hooks.receipts() > 0 && silenceTells(one, now))
                .map(hooks -> new Unconfirmed(
                        FailureCode.RECIPIENT_SILENT,
                        waited + ", although its hooks have confirmed " + hooks.receipts()
                                + " before: it probably was not submitted. Look at the window, then resolve or retry",
                        Evidence.PASTE))
                .orElseGet(
                        () -> new Unconfirmed(waited + ": look at the window, then resolve or retry", Evidence.PASTE));
    }

    /** Not if it may have spoken without being heard, nor while a question keeps it from taking the text up. */
    private boolean silenceTells(Awaited one, Instant now) {
        return one.kind() == Wait.RECEIPT
                && !one.adopted()
                && !lostHooks.anySince(one.submittedAt())
                && activities
                        .of(one.recipient().id(), now)
                        .filter(activity -> activity.state() == State.BLOCKED)
                        .isEmpty();
    }

    private Instant deadline(Awaited one, Instant now) {
        return activities
                .of(one.recipient().id(), now)
                .flatMap(activity -> notBusyFrom(activity, one.submittedAt(), now))
                .orElse(one.submittedAt())
                .plus(one.limit());
    }

    /** Since when it is not busy any more with what it did before it got the text. The clock may have been set back since. */
    private static Optional<Instant> notBusyFrom(Activity activity, Instant submittedAt, Instant now) {
        return switch (activity.state()) {
            case BUSY ->
                Optional.ofNullable(activity.until())
                        .filter(until -> activity.since().isBefore(submittedAt));
            case IDLE, BLOCKED ->
                Optional.of(activity.since()).filter(since -> since.isAfter(submittedAt) && !since.isAfter(now));
        };
    }
}
