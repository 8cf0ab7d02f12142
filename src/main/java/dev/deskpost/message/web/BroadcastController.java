package dev.deskpost.message.web;

import dev.deskpost.message.Broadcast;
import dev.deskpost.message.Broadcasts;
import dev.deskpost.message.Evidence;
import dev.deskpost.message.Failure;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.UnknownBroadcast;
import dev.deskpost.recipient.Recipients;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accepts one message for many, and shows what became of it for each. */
@RestController
@RequestMapping(path = BroadcastController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class BroadcastController {

    static final String PATH = "/api/v1/broadcasts";

    private final Broadcasts broadcasts;
    private final Recipients recipients;
    private final Acceptance acceptance;
    private final Clock clock;

    BroadcastController(Broadcasts broadcasts, Recipients recipients, Acceptance acceptance, Clock clock) {
        this.broadcasts = broadcasts;
        this.recipients = recipients;
        this.acceptance = acceptance;
        this.clock = clock;
    }

    record AcceptedPart(String recipient, String id) {}

    record AcceptedView(String id, List<AcceptedPart> messages) {

        static AcceptedView of(Broadcast broadcast) {
            return new AcceptedView(
                    broadcast.id(),
                    broadcast.parts().stream()
                            .map(part -> new AcceptedPart(part.recipient(), part.id()))
                            .toList());
        }
    }

    /** Fields without a value are null, never missing. */
    record PartView(
            String recipient,
            String id,
            MessageState state,
            @Nullable Evidence evidence,
            @Nullable Failure failure,
            @Nullable Instant finishedAt) {

        static PartView of(Broadcast.Part part) {
            return new PartView(
                    part.recipient(), part.id(), part.state(), part.evidence(), part.failure(), part.finishedAt());
        }
    }

    /** @param totals how many of these messages are in each state; states in which none is have 0 */
    record BroadcastView(String id, Instant acceptedAt, Map<MessageState, Integer> totals, List<PartView> messages) {

        static BroadcastView of(Broadcast broadcast) {
            Map<MessageState, Integer> totals = new EnumMap<>(MessageState.class);
            for (MessageState state : MessageState.values()) {
                totals.put(state, 0);
            }
            broadcast.parts().forEach(part -> totals.merge(part.state(), 1, Integer::sum));
            return new BroadcastView(
                    broadcast.id(),
                    broadcast.parts().get(0).acceptedAt(),
                    totals,
                    broadcast.parts().stream().map(PartView::of).toList());
        }
    }

    @PostMapping
    ResponseEntity<byte[]> accept(@RequestBody BroadcastRequest request, HttpServletRequest http) {
        return Acceptance.response(acceptance.accept(
                http, request, () -> request.check(clock.instant(), recipients), wanted -> {
                    Broadcast broadcast = broadcasts.accept(wanted);
                    return new Acceptance.Made(PATH + "/" + broadcast.id(), AcceptedView.of(broadcast));
                }));
    }

    @GetMapping("/{id}")
    BroadcastView get(@PathVariable String id) {
        return broadcasts.find(id).map(BroadcastView::of).orElseThrow(() -> new UnknownBroadcast(id));
    }
}
