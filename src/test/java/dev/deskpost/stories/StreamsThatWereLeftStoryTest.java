package dev.deskpost.stories;

import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.EventReader;
import dev.deskpost.fixtures.RunningService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Listeners leave without a word, and long before the next sign of life others want their places. */
@RunningService
@TestPropertySource(properties = {"deskpost.events.max-streams=4", "deskpost.events.heartbeat=10m"})
class StreamsThatWereLeftStoryTest {

    @Autowired
    Api api;

    private List<EventReader> four() {
        List<EventReader> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(EventReader.open(
                    URI.create("http://127.0.0.1:" + api.port() + "/api/v1/events?types=alert"), api.token(), null));
        }
        return readers;
    }

    @Test
    void their_places_are_free_at_once() {
        for (int round = 0; round < 3; round++) {
            four().forEach(EventReader::close);
        }
    }

    @Test
    void who_is_still_there_keeps_the_place() {
        List<EventReader> readers = four();
        api.get("/api/v1/events").then().statusCode(503).body("code", equalTo("TOO_MANY_STREAMS"));
        readers.forEach(EventReader::close);
    }
}
