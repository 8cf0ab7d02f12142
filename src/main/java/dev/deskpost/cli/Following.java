package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the service's events over lost connections and restarts: it connects again with the id of the last event, and the
 * service sends what was missed, or {@code reset} if it has that no more.
 */
final class Following {

    /** The service is heard every 15 s, if only with a comment. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY = 429;

    private final Service service;
    private final String path;
    private final Terminal terminal;
    private final Duration silence;
    private final EventStream stream = new EventStream();
    private final Backoff backoff = new Backoff();
    private boolean wasConnected;

    /** @param silence after so long without a word the connection counts as lost */
    Following(Service service, String path, Terminal terminal, Duration silence) {
        this.service = service;
        this.path = path;
        this.terminal = terminal;
        this.silence = silence;
    }

    /**
     * Ends when the service says that there is nothing to follow, or nobody reads what is printed.
     *
     * @throws GivenUp if it cannot be reached at first, or refuses
     */
    void run(Consumer<Event> listener) {
        while (true) {
            String lost;
            try {
                Optional<String> why = listen(listener);
                if (why.isEmpty()) {
                    return;
                }
                lost = why.get();
            } catch (IOException e) {
                lost = service.why(e);
                if (!wasConnected) {
                    throw new GivenUp(ExitCodes.UNREACHABLE, lost);
                }
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
    private Optional<String> listen(Consumer<Event> listener) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/event-stream, application/problem+json");
        if (!stream.lastEventId().isEmpty()) {
            headers.put("Last-Event-ID", stream.lastEventId());
        }
        try (Service.Stream answer = service.open(path, headers, silence)) {
            if (answer.status() == NO_CONTENT) {
                return Optional.empty();
            }
            if (answer.status() != OK) {
                return Optional.of(refused(answer));
            }
            if (!answer.type().startsWith("text/event-stream")) {
                throw new GivenUp(ExitCodes.REFUSED, "what answers sends no events, but " + answer.type());
            }
            if (wasConnected) {
                terminal.remark("deskpost: connected again");
            }
            wasConnected = true;
            return read(answer, listener);
        }
    }

    private Optional<String> read(Service.Stream answer, Consumer<Event> listener) throws IOException {
        stream.begin();
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            backoff.reset();
            stream.take(line).ifPresent(listener);
            if (terminal.isGone()) {
                return Optional.empty();
            }
        }
        return Optional.of("the service ended the stream");
    }

    /** A service that is starting or busy is asked again; one that says no is not. */
    private String refused(Service.Stream answer) throws IOException {
        Reply reply = new Reply(answer.status(), Service.text(answer.body()));
        service.checkAccess(reply);
        boolean passes = reply.status() >= 500 || reply.status() == TOO_MANY;
        if (!passes || !wasConnected) {
            throw new GivenUp(ExitCodes.REFUSED, reply.problem());
        }
        return "the answer was " + reply.status();
    }
}
