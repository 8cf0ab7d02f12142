package dev.deskpost.delivery.web;

import dev.deskpost.delivery.Attempt;
import dev.deskpost.delivery.AttemptStep;
import dev.deskpost.delivery.Attempts;
import dev.deskpost.delivery.Step;
import dev.deskpost.message.Channel;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Trigger;
import dev.deskpost.message.UnknownMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AttemptController {

    private final Messages messages;
    private final Attempts attempts;

    AttemptController(Messages messages, Attempts attempts) {
        this.messages = messages;
        this.attempts = attempts;
    }

    record StepView(Step step, Instant at) {}

    /** One try; fields without a value are null, never missing. */
    record AttemptView(
            int number,
            Trigger trigger,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable Channel channel,
            @Nullable Evidence evidence,
            @Nullable Failure failure,
            List<StepView> steps) {

        static AttemptView of(Attempt attempt, List<AttemptStep> steps) {
            return new AttemptView(
                    attempt.number(),
                    attempt.trigger(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    attempt.outcome(),
                    attempt.channel(),
                    attempt.evidence(),
                    attempt.failure(),
                    steps.stream()
                            .filter(step -> step.number() == attempt.number())
                            .map(step -> new StepView(step.step(), step.at()))
                            .toList());
        }
    }

    record AttemptList(List<AttemptView> attempts) {}

    @GetMapping("/api/v1/messages/{id}/attempts")
    AttemptList list(@PathVariable String id) {
        if (messages.find(id).isEmpty()) {
            throw new UnknownMessage(id);
        }
        List<AttemptStep> steps = attempts.stepsOf(id);
        return new AttemptList(attempts.of(id).stream()
                .map(attempt -> AttemptView.of(attempt, steps))
                .toList());
    }
}
