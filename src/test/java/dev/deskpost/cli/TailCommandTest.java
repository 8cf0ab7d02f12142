package dev.deskpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is printed of a stream that a test writes. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TailCommandTest {

    private static final String MESSAGES = """
        id: e-1
        event: message
        data: {"at":"2026-11-21T19:05:00Z","id":"msg_1","recipient":"agent-1","state":"DELIVERED"}

        id: e-2
        event: message
        data: {"at":"2026-11-21T19:05:01Z","id":"msg_2","recipient":"agent-1","state":"FAILED"}

        """;

    private static final String RESET = """
        id: e-9
        event: reset
        data: {"at":"2026-11-21T19:05:02Z","reason":"events were missed"}

        """;

    private EventServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EventServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int tail(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "tail";
        arguments[1] = "--url=" + server.url();
        arguments[2] = "--token=secret-1";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Commands.run("", arguments);
    }

    @Test
    void who_wants_one_state_hears_also_that_events_were_missed(CapturedOutput output) {
        server.then(MESSAGES + RESET);

        assertThat(tail("--state=failed")).isZero();

        assertThat(output.getOut()).contains("msg_2", "some events were missed").doesNotContain("msg_1");
    }

    @Test
    void a_time_that_no_clock_shows_ends_nothing(CapturedOutput output) {
        server.then(
                "data: {\"at\":\"+999999999-12-31T23:59:59Z\",\"id\":\"msg_1\",\"state\":\"FAILED\"}\n\n" + MESSAGES);

        assertThat(tail()).isZero();

        assertThat(output.getOut()).contains("msg_1", "msg_2");
    }

    @Test
    void an_answer_without_an_end_is_not_read_into_memory() {
        server.then(exchange -> {
            exchange.sendResponseHeaders(503, 0);
            byte[] much = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                exchange.getResponseBody().write(much);
            }
        });

        assertThat(tail()).isEqualTo(ExitCodes.REFUSED);
    }

    @Test
    void who_wants_one_state_as_json_hears_it_as_well(CapturedOutput output) {
        server.then(MESSAGES + RESET);

        assertThat(tail("--state=FAILED", "--json")).isZero();

        assertThat(output.getOut()).contains("{\"event\":\"reset\"", "msg_2").doesNotContain("msg_1");
    }
}
