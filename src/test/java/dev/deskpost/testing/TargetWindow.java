package dev.deskpost.testing;

import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.ChatWindowsProcess.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A window that a message may go to, whatever program it belongs to: it has an input box, and records what happened to
 * it. A test believes what is recorded, never what the service says about itself.
 */
public interface TargetWindow {

    /** What the window is called on the desktop, and nothing else there. */
    String title();

    /**
     * The middle of its input box, from the left and top edge of what the X server calls this window, or, where negative,
     * from the right and bottom edge. Empty where there is nothing to click: a terminal's program has the whole window. By
     * default where a program that records {@code ready} says that it is.
     */
    default Optional<Place> inputMiddle() {
        JsonNode ready = events("ready").get(0);
        return Optional.of(new Place(ready.get("x").asInt(), ready.get("y").asInt()));
    }

    /** What a person has begun to write, with the cursor at its end; returns once it stands there. */
    void draft(String text);

    /** What stands in the input box now; by default what a program that records {@code input} after each change said last. */
    default String input() {
        return events("input").stream()
                .reduce((earlier, later) -> later)
                .map(event -> event.get("text").asString())
                .orElse("");
    }

    /** Everything recorded, in order: {@code event} tells the kind. */
    List<JsonNode> events();

    /** The submitted texts, in order. */
    default List<String> submitted() {
        return events("submitted").stream()
                .map(event -> event.get("text").asString())
                .toList();
    }

    /** Typed characters that belong to no paste and no submit. */
    default List<String> strayKeys() {
        return events("key").stream().map(event -> event.get("char").asString()).toList();
    }

    /** How often the submit keys came with nothing in the input box. */
    default int emptySubmits() {
        return events("empty-submit").size();
    }

    default List<JsonNode> events(String kind) {
        return events().stream()
                .filter(event -> event.get("event").asString().equals(kind))
                .toList();
    }

    /** For programs that record {@code ready} once they are on the screen: waits until this one has. */
    static void awaitReady(VirtualDisplay display, TargetWindow window) {
        await("the window " + window.title())
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !window.events("ready").isEmpty()
                        && display.x11().clients().stream()
                                        .filter(client ->
                                                display.x11().title(client).equals(window.title()))
                                        .count()
                                == 1);
    }
}
