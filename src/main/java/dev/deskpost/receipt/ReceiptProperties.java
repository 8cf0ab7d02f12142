package dev.deskpost.receipt;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.receipt.*}
 *
 * @param answerWithin how long a hook's call is held at most while its event is worked on; an agent waits for its hook
 * @param queueLimit how many events may wait to be worked on; any more are dropped
 * @param busyFor how long a recipient counts as busy after the last event that said so: an agent that was killed says
 *     nothing any more
 * @param blockedFor the same for one that waits for a person's decision: a day, because a question is not answered by
 *     waiting, and agents do not repeat the event; when this is over, Enter may approve what it asks. Idle holds until the
 *     next event
 * @param compareWithin for how long after its attempt a message without a proof is looked for in prompts that name no id
 * @param compareAtMost how many such messages of one recipient are looked for, the newest
 * @param idsAtMost how many of the ids that a prompt names are looked up, the first
 */
@Validated
@ConfigurationProperties("deskpost.receipt")
public record ReceiptProperties(
        @DefaultValue("500ms") @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 30)
        Duration answerWithin,

        @DefaultValue("64") @Min(1) @Max(10_000) int queueLimit,

        @DefaultValue("30m") @NotNull @DurationMin(seconds = 1)
        Duration busyFor,

        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1)
        Duration blockedFor,

        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1)
        Duration compareWithin,

        @DefaultValue("20") @Min(1) @Max(1000) int compareAtMost,
        @DefaultValue("50") @Min(1) @Max(1000) int idsAtMost) {}
