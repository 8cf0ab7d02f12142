package dev.deskpost.recipient;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote down about a recipient, as it is stored and shown again. What is missing comes from the profile when
 * it is needed, so a better default reaches everybody who did not choose; see {@link Recipient}.
 *
 * @param window which window it is; every given part must match. Without one it gets its messages into its inbox
 * @param input where its input box is; without it no click is made
 * @param station whose desktop its window stands on; without it, the one that it was written down at
 * @param template what is pasted: {@link Template}; by default the content, and where the recipient has to name the message a
 *     line with its id
 * @param inbox folder for receipts and for messages that could not be typed
 * @param deliverWhen whether it gets messages while it says that it is busy
 * @param waiting how long they wait for that, and what happens then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Reachable
@DraftFitsProfile
@Provable
@JsonIgnoreProperties({"id", "activity"}) // What GET shows can be changed and PUT back.
public record RecipientSettings(
        @Size(max = 200) @PlainText @Nullable String displayName,
        @Nullable Boolean enabled,

        @Valid @Nullable WindowRule window,

        @Valid @Nullable InputPoint input,
        @Nullable Profile profile,
        @Valid @Nullable Keys keys,

        @DurationMin(millis = 0) @DurationMax(seconds = 10) @Nullable
        Duration submitDelay,

        @Nullable DraftPolicy draft,
        @Valid @Nullable Confirmation confirmation,

        @Size(max = 2000)
        @Pattern(
                regexp = "[\\n\\t[^\\p{Cc}\\p{Cs}]]*",
                message = "must not hold control characters but new line and tab")
        @KnownPlaces
        @Nullable
        String template,

        @Size(min = 1, max = 1000) @PlainText @Nullable String inbox,
        @Nullable DeliverWhen deliverWhen,
        @Valid @Nullable Wait waiting,
        @Valid @Nullable Pacing pacing,
        @Valid @Nullable Retry retry,

        @Pattern(regexp = Recipients.ID_PATTERN, message = "must be the name of a station") @Nullable
        String station) {

    /** What can be seen of a window, and its profile for the rest. */
    public RecipientSettings(
            @Nullable String displayName,
            @Nullable Boolean enabled,
            @Nullable WindowRule window,
            @Nullable InputPoint input) {
        this(displayName, enabled, window, input, null);
    }

    /** The same for a window that does not have the usual profile. */
    RecipientSettings(
            @Nullable String displayName,
            @Nullable Boolean enabled,
            @Nullable WindowRule window,
            @Nullable InputPoint input,
            @Nullable Profile profile) {
        this(
                displayName,
                enabled,
                window,
                input,
                profile,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * @param title regular expression (RE2) that the title must match
     * @param windowClass what the window's class must be exactly
     * @param process regular expression (RE2) that the process's name must match
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SelectsSomething
    public record WindowRule(
            @Size(min = 1, max = 500) @PlainText @RegularExpression @Nullable
            String title,

            @JsonProperty("class") @Size(min = 1, max = 200) @PlainText @Nullable
            String windowClass,

            @Size(min = 1, max = 500) @PlainText @RegularExpression @Nullable
            String process) {}

    /** Pixels from the left and top edge; negative ones count from the right and bottom edge. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InputPoint(
            @NotNull @Min(-32768) @Max(32767) @Nullable Integer x,
            @NotNull @Min(-32768) @Max(32767) @Nullable Integer y,
            @Nullable RelativeTo relativeTo) {}

    /** Key chords such as {@code ctrl+v}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Keys(
            @Size(max = 60) @Chord @Nullable String paste,
            @Size(max = 60) @Chord @Nullable String submit,
            @Size(max = 60) @Chord @Nullable String submitUrgent) {}

    /** @param timeout how long to wait for the proof after the submit keys */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Confirmation(
            @Nullable ConfirmedBy by,

            @DurationMin(millis = 1) @DurationMax(hours = 24) @Nullable
            Duration timeout) {}

    /**
     * @param limit how long a message waits for a recipient that is not ready, from when it was due
     * @param then what happens after that
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Wait(
            @DurationMin(millis = 0) @DurationMax(hours = 24) @Nullable
            Duration limit,

            Waiting.@Nullable AfterLimit then) {}

    /**
     * @param maxAttempts how often a message is tried before it has failed
     * @param delays the pauses after the first, second, … try; the last one counts for all further
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Retry(
            @Min(1) @Max(100) @Nullable Integer maxAttempts,

            @Size(min = 1, max = 20, message = "must have {min} to {max} entries") @Nullable
            List<@NotNull @DurationMin(millis = 0) @DurationMax(hours = 24) Duration> delays) {}

    /** @param minInterval the least time between two messages */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pacing(
            @DurationMin(millis = 0) @DurationMax(hours = 24) @Nullable
            Duration minInterval) {}
}
