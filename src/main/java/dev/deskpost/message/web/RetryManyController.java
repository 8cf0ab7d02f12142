package dev.deskpost.message.web;

import dev.deskpost.message.MessageState;
import dev.deskpost.message.RetryMany;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Replays many messages by what they have in common. */
@RestController
class RetryManyController {

    private static final int LIMIT = 1000;
    private static final int MAX_LIMIT = 10_000;
    private static final Duration LATEST = Duration.ofDays(365L * 1000);

    private final RetryMany retryMany;

    RetryManyController(RetryMany retryMany) {
        this.retryMany = retryMany;
    }

    /** UNCONFIRMED ones may have arrived, so they are only meant where somebody says so. */
    enum Retried {
        FAILED,
        UNCONFIRMED
    }

    /** Which messages; what is null does not matter. */
    record RetryRequest(
            @Nullable Retried state,

            @Size(min = 1, max = 64, message = "must have 1 to 64 characters")
            @Pattern(regexp = PLAIN, message = NOT_PLAIN)
            @Nullable
            String recipient,

            @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
            @Pattern(regexp = PLAIN, message = NOT_PLAIN)
            @Nullable
            String sender,

            @Pattern(regexp = "[A-Z0-9_]{1,64}", message = "is no failure code, such as WINDOW_NOT_FOUND") @Nullable
            String failureCode,

            @Nullable Instant acceptedAfter,
            @Nullable Instant acceptedBefore,

            @Min(value = 1, message = "must be 1 to " + MAX_LIMIT)
            @Max(value = MAX_LIMIT, message = "must be 1 to " + MAX_LIMIT)
            @Nullable
            Integer limit,

            @Nullable Boolean dryRun) {

        private static final String PLAIN = "[^\\p{Cc}\\p{Cs}]*";
        private static final String NOT_PLAIN = "must not hold control characters or half surrogate pairs";
    }

    record RetryView(boolean dryRun, int matched, int retried, boolean more) {}

    @PostMapping(path = "/api/v1/messages/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    RetryView retry(@RequestBody @Valid RetryRequest request) {
        RetryMany.Filter filter = new RetryMany.Filter(
                request.state() == Retried.UNCONFIRMED ? MessageState.UNCONFIRMED : MessageState.FAILED,
                request.recipient(),
                request.sender(),
                request.failureCode(),
                within(request.acceptedAfter()),
                within(request.acceptedBefore()));
        boolean dryRun = Boolean.TRUE.equals(request.dryRun());
        int limit = request.limit() == null ? LIMIT : request.limit();
        RetryMany.Result result = retryMany.run(filter, limit, dryRun);
        return new RetryView(dryRun, result.matched(), result.retried(), result.more());
    }

    /** All messages lie within, and databases know no times that are as far away as Java's. */
    private static @Nullable Instant within(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        Instant latest = Instant.EPOCH.plus(LATEST);
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(latest) ? latest : time;
    }
}
