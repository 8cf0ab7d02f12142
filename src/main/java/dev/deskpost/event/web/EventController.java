package dev.deskpost.event.web;

import dev.deskpost.event.Event;
import dev.deskpost.event.EventLog;
import dev.deskpost.event.EventLog.Batch;
import dev.deskpost.event.EventLog.Entry;
import dev.deskpost.event.EventPosition;
import dev.deskpost.event.EventStreams;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;
import tools.jackson.databind.ObjectMapper;

/** Server-sent events (HTML, section 9.2), resumable with {@code Last-Event-ID}. */
@RestController
class EventController {

    private static final String PATH = "/api/v1/events";
    private static final String RESET = "reset";

    private final EventLog log;
    private final EventStreams streams;
    private final ObjectMapper json;
    private final Clock clock;

    EventController(EventLog log, EventStreams streams, ObjectMapper json, Clock clock) {
        this.log = log;
        this.streams = streams;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param types those that are wanted; all if none is named
     * @param recipient what concerns this one only; what concerns no single one comes all the same
     * @param lastEventId what was read last; without it the stream begins now
     */
    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter follow(
            @RequestParam(defaultValue = "") List<String> types,
            @RequestParam(required = false) @Nullable String recipient,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response) {
        Set<Event.Type> wanted = wanted(types);
        String only = recipient == null || recipient.isEmpty() ? null : recipient;
        return streams.open(
                response, EventPosition.parse(lastEventId).orElseGet(log::end), batch -> tell(batch, wanted, only));
    }

    /** Nothing would ever be written to who asks so, and their leaving never be noticed. */
    @RequestMapping(path = PATH, method = RequestMethod.HEAD)
    void noStream(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static Set<Event.Type> wanted(List<String> keys) {
        Set<Event.Type> wanted = EnumSet.noneOf(Event.Type.class);
        for (String key : keys) {
            wanted.add(Event.Type.of(key)
                    .orElseThrow(() -> Problem.invalidFields(List.of(new FieldError(
                            "types", "is '" + key + "', expected some of " + String.join(", ", Event.Type.keys()))))));
        }
        return wanted.isEmpty() ? EnumSet.allOf(Event.Type.class) : wanted;
    }

    private List<SseEventBuilder> tell(Batch batch, Set<Event.Type> wanted, @Nullable String only) {
        List<SseEventBuilder> told = new ArrayList<>();
        if (batch.missed()) {
            told.add(event(
                    batch.next(),
                    RESET,
                    Map.of("reason", "events were missed, which are not kept: read again what you need to know")));
        }
        for (Entry entry : batch.entries()) {
            Event event = entry.event();
            boolean meant = only == null || event.recipient() == null || only.equals(event.recipient());
            if (meant && wanted.contains(event.type())) {
                told.add(event(entry.position(), event.type().key(), event.data()));
            }
        }
        return told;
    }

    private SseEventBuilder event(EventPosition position, String name, Map<String, @Nullable Object> data) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        if (!data.containsKey("at")) {
            told.put("at", clock.instant());
        }
        told.putAll(data);
        return SseEmitter.event().id(position.toString()).name(name).data(json.writeValueAsString(told));
    }
}
