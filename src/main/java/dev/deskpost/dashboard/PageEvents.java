package dev.deskpost.dashboard;

import dev.deskpost.event.EventLog;
import dev.deskpost.event.EventLog.Batch;
import dev.deskpost.event.EventStreams;
import dev.deskpost.event.EventStreams.Telling;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/** Tells a page which of its parts are out of date. A thousand deliveries a minute are a few of those. */
@RestController
class PageEvents {

    private static final String PATH = "/ui/events";

    private final EventLog log;
    private final EventStreams streams;

    PageEvents(EventLog log, EventStreams streams) {
        this.log = log;
        this.streams = streams;
    }

    /** Everything of a quarter of a second in one: more is not seen. A page reads anew when it connects, so it starts now. */
    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter follow(HttpServletResponse response) {
        return streams.open(response, log.end(), new Telling() {
            @Override
            public List<SseEventBuilder> of(Batch batch) {
                return changes(batch);
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(250);
            }
        });
    }

    /** Nothing would ever be written to who asks so, and their leaving never be noticed. */
    @RequestMapping(path = PATH, method = RequestMethod.HEAD)
    void noStream(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static List<SseEventBuilder> changes(Batch batch) {
        String what = batch.missed()
                ? "everything"
                : batch.entries().stream()
                        .map(entry -> entry.event().type().key())
                        .distinct()
                        .collect(Collectors.joining(" "));
        return what.isEmpty()
                ? List.of()
                : List.of(SseEmitter.event().name("changed").data(what));
    }
}
