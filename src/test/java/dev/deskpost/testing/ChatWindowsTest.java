package dev.deskpost.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.testing.ChatWindowsProcess.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each test has windows of its own, so that what the others did to theirs does not matter. */
class ChatWindowsTest {

    private static final String EVERYTHING =
            "Grüße \"quoted\" \\ back\nsecond line\t中文 שלום \uD83D\uDE80 e\u0301 \u202Ertl\u202C \u2028 end ";

    private static VirtualDisplay display;

    @BeforeAll
    static void open_a_display() {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
    }

    @AfterAll
    static void close_it() {
        if (display != null) {
            display.close();
        }
    }

    @Test
    void a_pasted_text_is_recorded_to_the_last_character_in_its_window_alone() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two")) {
            windows.copy("one", EVERYTHING);
            windows.front("two");
            display.x11().key("ctrl+v");
            display.x11().key("enter");
            display.x11().key("shift+insert");
            display.x11().key("ctrl+enter");

            await().until(() -> windows.submitted("two").size() == 2);
            assertThat(windows.submitted("two")).containsExactly(EVERYTHING, EVERYTHING);
            assertThat(windows.events("two", "submitted"))
                    .extracting(event -> event.get("urgent").asBoolean())
                    .containsExactly(false, true);
            assertThat(windows.events("two", "pasted"))
                    .extracting(event -> event.get("length").asInt())
                    .containsExactly(EVERYTHING.length(), EVERYTHING.length());
            assertThat(windows.strayKeys("two")).isEmpty();
            assertThat(windows.events("two", "chord")).isEmpty();
            assertThat(windows.events("one")).isEmpty();
        }
    }

    @Test
    void half_a_surrogate_pair_is_recorded_as_such() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one")) {
            windows.draft("one", "\uD83D and \uDE80");
            assertThat(windows.input("one")).isEqualTo("\uD83D and \uDE80");
            windows.front("one");
            display.x11().key("enter");

            await().until(() -> windows.submitted("one").equals(List.of("\uD83D and \uDE80")));
        }
    }

    @Test
    void stray_keys_and_an_empty_submit_are_recorded() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one")) {
            windows.front("one");
            display.x11().key("enter");
            display.x11().type("vA");
            display.x11().key("shift+enter");
            display.x11().key("ctrl+a");
            display.x11().key("delete");
            display.x11().key("enter");

            await().until(() -> windows.emptySubmits("one") == 2);
            assertThat(windows.strayKeys("one")).containsExactly("v", "A", "\n", "\u007f");
            assertThat(windows.events("one", "chord"))
                    .extracting(event -> event.get("keys").asString())
                    .containsExactly("ctrl+a");
            assertThat(windows.submitted("one")).isEmpty();
        }
    }

    @Test
    void a_click_where_it_says_focuses_the_input() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one=First window", "two")) {
            windows.title("one", "Renamed — 中文");
            windows.front("two");
            int window = windows.window("one");
            assertThat(display.x11().title(window)).isEqualTo("Renamed — 中文");
            Place input = windows.where("one");
            display.x11().click(window, input.x(), input.y());
            await().until(() -> display.x11().focusedClient() == window);
            display.x11().type("x");

            await().until(() -> windows.input("one").equals("x"));
            JsonNode click = windows.events("one", "click").get(0);
            assertThat(new Place(click.get("x").asInt(), click.get("y").asInt()))
                    .isEqualTo(input);
        }
    }

    @Test
    void keys_reach_an_open_dialog_and_not_the_window_behind_it() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two")) {
            windows.front("one");
            windows.dialog("one");
            await().until(() -> display.x11().activeWindow() == display.x11().client("Permission"));
            display.x11().type("y");
            display.x11().key("enter");

            await().until(() -> !windows.events("one", "dialog-answered").isEmpty());
            assertThat(windows.strayKeys("one")).contains("y");
            assertThat(windows.input("one")).isEmpty();
            assertThat(windows.emptySubmits("one")).isZero();
        }
    }

    @Test
    void a_slow_window_reads_the_clipboard_late() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one")) {
            windows.copy("one", "early");
            windows.slow("one", 300);
            windows.front("one");
            Instant pressed = Instant.now();
            display.x11().key("ctrl+v");

            await().until(() -> !windows.events("one", "pasted").isEmpty());
            assertThat(Duration.between(pressed, Instant.now())).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void windows_can_be_closed_iconified_and_moved() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two", "three")) {
            windows.close("one");
            windows.iconify("two");
            windows.bounds("three", 100, 120, 500, 400);
            windows.front("two");

            await().until(() -> display.x11().clients().size() == 2);
            assertThat(display.x11().bounds(windows.window("three")).getLocation())
                    .satisfies(corner -> assertThat(corner.distance(100, 120)).isBetween(1.0, 60.0));
            assertThat(windows.events("one", "closed")).hasSize(1);
            assertThat(windows.events("two", "closed")).isEmpty();
        }
    }

    @Test
    void they_close_when_nobody_holds_the_other_end_any_more() throws Exception {
        Path directory = Files.createDirectory(display.directory().resolve("left-alone"));
        Process process = display.start(ChatWindowsProcess.java(ChatWindows.class, directory, List.of("one")));
        await().until(() -> process.inputReader().readLine().equals("READY"));

        process.getOutputStream().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_was_recorded_stays_when_the_process_is_killed() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one")) {
            windows.draft("one", "last words");
            windows.front("one");
            display.x11().key("enter");
            await().until(() -> windows.submitted("one").size() == 1);

            windows.kill();

            assertThat(windows.isAlive()).isFalse();
            assertThat(windows.submitted("one")).containsExactly("last words");
        }
    }

    @Test
    void the_thieves_steal() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two")) {
            windows.copy("one", "mine");
            int owner = display.x11().selectionOwner("CLIPBOARD");
            try (Thief clipboard = Thief.ofClipboard(display)) {
                await().until(() -> display.x11().selectionOwner("CLIPBOARD") != owner);
                // A copy that comes between its look and its grasp is not told as taken from another, and one that is
                // older than its grasp never owns anything (ICCCM, 2.1): as often as a person would copy again
                await().until(() -> {
                    windows.copy("one", "mine again");
                    return clipboard.robberies() > 0;
                });
                assertThat(clipboard.keys()).isEmpty();
            }
            windows.front("one");
            try (Thief focus = Thief.ofFocus(display)) {
                await().pollInterval(Duration.ofMillis(20)).until(() -> {
                    display.x11().key("z");
                    return focus.activations() > 0
                            && !focus.keys().isEmpty()
                            && !windows.strayKeys("two").isEmpty();
                });
            }
        }
    }

    @Test
    void a_person_types_only_their_own_letters_and_leaves() {
        try (ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one");
                Thief person = Thief.person(display, 3)) {
            windows.front("one");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> person.events("left").count() == 1);

            assertThat(person.typed()).isPositive();
            // Which of the two windows gets them is chance.
            assertThat(windows.strayKeys("one")).allMatch(person.letters()::contains);
            assertThat(person.keys()).isEmpty();
            assertThat(display.x11().anyKeyHeld()).isFalse();
        }
    }
}
