package dev.deskpost.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows the service's events over lost connections and restarts: it connects again with the id of the last event, and the
 * service sends what was missed, or {@code reset} if it has that no more.
 */
final class Following {

    /** The service is heard every 15 s, if only with a comment. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY = 429;

    private final Service service;
    private final String path;
    private final Terminal terminal;
    private final Duration silence;
    private final EventStream stream = new EventStream();
    private final Backoff backoff = new Backoff();
    private boolean wasConnected;

    Following(Service service, String path, Terminal terminal) {
        this(service, path, terminal, SILENCE);
    }

    Following(Service service, String path, Terminal terminal, Duration silence) {
        this.service = service;
        this.path = path;
        this.terminal = terminal;
        this.silence = silence;
    }

    /**
     * Ends when the service says that there is nothing to follow, or who listens has enough.
     *
     * @param listener whether it wants more
     * @throws GivenUp if it cannot be reached at first, or refuses
     */
    void run(Predicate<Event> listener) {
        while (true) {
            String lost;
            try {
                Optional<String> why = listen(listener);
                if (why.isEmpty()) {
                    return;
                }
                lost = why.get();
            } catch (IOException e) {
                if (!wasConnected) {
                    throw new GivenUp(ExitCodes.UNREACHABLE, service.why(e));
                }
                lost = service.why(e);
            }
            if (terminal.isGone()) {
                return;
            }
            stream.retry().ifPresent(backoff::startWith);
            terminal.remark("deskpost: " + lost + "; trying again");
            backoff.pause();
        }
    }

    /** @return why the connection ended, if another one is wanted */
    private Optional<String> listen(Predicate<Event> listener) throws IOException {
        Map<String, String> headers = stream.lastEventId().isEmpty()
                ? Map.of("Accept", "text/event-stream")
                : Map.of("Accept", "text/event-stream", "Last-Event-ID", stream.lastEventId());
        HttpResponse<InputStream> response = service.open(path, headers);
        try (Lines lines = new Lines(response.body())) {
            if (response.statusCode() == NO_CONTENT) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                return Optional.of(refused(response, lines));
            }
            String type = response.headers().firstValue("Content-Type").orElse("none");
            if (!type.startsWith("text/event-stream")) {
                throw new GivenUp(ExitCodes.REFUSED, "what answers sends no events, but " + type);
            }
            if (wasConnected) {
                terminal.remark("deskpost: connected again");
            }
            wasConnected = true;
            stream.begin();
            while (true) {
                Optional<String> line = lines.next(silence);
                if (line.isEmpty()) {
                    return Optional.of("the service ended the stream");
                }
                backoff.reset();
                Optional<Event> event = stream.take(line.get());
                if ((event.isPresent() && !listener.test(event.get())) || terminal.isGone()) {
                    return Optional.empty();
                }
            }
        }
    }

    /** A service that is starting or busy is asked again; one that says no is not. */
    private String refused(HttpResponse<InputStream> response, Lines lines) throws IOException {
        StringBuilder body = new StringBuilder();
        for (Optional<String> line = lines.next(silence); line.isPresent(); line = lines.next(silence)) {
            body.append(line.get()).append('\n');
        }
        Reply reply = new Reply(response.statusCode(), body.toString());
        service.checkAccess(reply);
        boolean passes = reply.status() >= 500 || reply.status() == TOO_MANY;
        if (!passes || !wasConnected) {
            throw new GivenUp(ExitCodes.REFUSED, reply.problem());
        }
        return "the answer was " + reply.status();
    }
}
