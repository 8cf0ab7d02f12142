package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.ClipboardContent.Format;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.GuardedClipboard.Offer;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Pointer;
import dev.deskpost.desktop.Target;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.desktop.WindowSelector;
import dev.deskpost.desktop.WindowSelector.Match;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.KnownAtom;
import dev.deskpost.desktop.x11.wire.XEvent.SelectionNotify;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a person's clipboard on a real X server, as other programs see it. */
class X11ClipboardTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** So long that nothing but a program that hangs takes it, on a machine that is busy, too. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);

    private static final KeyChord PASTE = KeyChord.parse("ctrl+v");
    private static final KeyChord PASTE_PRIMARY = KeyChord.parse("shift+insert");

    /** What a program says of its clipboard is not what it has there. */
    private static final List<String> ABOUT = List.of("TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS");

    private static @Nullable VirtualDisplay display;
    private static @Nullable ChatWindowsProcess agents;
    private static @Nullable ChatWindowsProcess others;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeAll
    static void start_a_display_with_windows_of_two_programs() {
        VirtualDisplay.assumeAvailable();
        VirtualDisplay.assumeInstalled("xclip");
        display = VirtualDisplay.start();
        agents = ChatWindowsProcess.open(display, "agent");
        others = ChatWindowsProcess.open(display, "person");
    }

    @AfterAll
    static void stop_it() {
        if (display != null) {
            display.close();
        }
    }

    @AfterEach
    void close_what_was_opened() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    private X11Desktop desktop(Duration linger) {
        X11Settings usual = Displays.settings(display.display(), display.authority(), null, linger);
        X11Settings settings = Displays.with(usual, READ_LIMIT, usual.putBackLimit());
        X11Desktop desktop = Displays.desktop(settings, display.directory());
        toClose.add(desktop);
        return desktop;
    }

    private XServer client() {
        try {
            return XServer.connect(DisplayName.parse(display.display()), Authority.read(display.authority()), LIMIT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Target target(DesktopSession session, String title) {
        Match match = WindowSelector.of("^" + title + "$", null, null)
                .among(session.windows().all());
        return ((Match.One) match).target();
    }

    private static Target focused(DesktopSession session, String title) {
        Target target = target(session, title);
        assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
        return target;
    }

    private static void paste(DesktopSession session, Target target, String text, KeyChord keys) {
        try (Offer offer = session.clipboard().offer(ClipboardContent.ofText(text), target, keys)) {
            offer.expectPaste();
            // Who had the focus before the session may be given it back late: a race as deliveries have it, too.
            long end = System.nanoTime() + LIMIT.toNanos();
            while (session.input().press(target, List.of(keys)) != Verdict.HELD) {
                assertThat(System.nanoTime() - end).isNegative();
                assertThat(session.windows().focus(target, LIMIT)).isEqualTo(Verdict.HELD);
            }
            assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
        }
    }

    /** One whole session with a message in it. */
    private static void deliver(X11Desktop desktop, String text) {
        try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
            paste(session, focused(session, "agent"), text, PASTE);
        }
    }

    /** A window of that program, on the screen. */
    private int show(XServer program, String title) {
        int window = program.createWindow(200, 100, EventMask.PROPERTY_CHANGE);
        byte[] name = title.getBytes(StandardCharsets.US_ASCII);
        program.properties().set(window, KnownAtom.WM_NAME, KnownAtom.STRING, 8, name);
        program.mapWindow(window);
        program.sync();
        until(() -> display.x11().clients().contains(window));
        return window;
    }

    /** All that another program can get, by name of the format. */
    private static Map<String, byte[]> readAll(String selection) {
        Map<String, byte[]> content = new TreeMap<>();
        for (String format : formats(selection)) {
            if (!ABOUT.contains(format)) {
                read(selection, format).ifPresent(value -> content.put(format, value));
            }
        }
        return content;
    }

    private static List<String> formats(String selection) {
        return read(selection, "TARGETS")
                .map(list -> new String(list, StandardCharsets.US_ASCII).lines().toList())
                .orElse(List.of());
    }

    private static Optional<byte[]> read(String selection, String format) {
        Path output = display.directory().resolve("read");
        try {
            Process reader =
                    display.start(new ProcessBuilder("xclip", "-selection", selection, "-out", "-target", format)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(output.toFile()));
            assertThat(reader.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("a reader of %s is answered", format)
                    .isTrue();
            return reader.exitValue() == 0 ? Optional.of(Files.readAllBytes(output)) : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A person copies something in a program that stays in the foreground, so that its process is known. */
    private Process copy(String selection, byte[] content, String... options) {
        try {
            Path input = Files.write(Files.createTempFile(display.directory(), "copied", ""), content);
            List<String> command = new ArrayList<>(List.of("xclip", "-quiet", "-selection", selection));
            command.addAll(List.of(options));
            command.add(input.toString());
            int before = display.x11().selectionOwner(selection.toUpperCase(Locale.ROOT));
            Process owner = display.start(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD));
            toClose.add(owner::destroyForcibly);
            until(() -> {
                int now = display.x11().selectionOwner(selection.toUpperCase(Locale.ROOT));
                return now != 0 && now != before;
            });
            return owner;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private static void assertSame(Map<String, byte[]> now, Map<String, byte[]> before) {
        assertThat(before).isNotEmpty();
        assertThat(now.keySet()).isEqualTo(before.keySet());
        before.forEach((format, value) -> assertThat(now.get(format)).as(format).isEqualTo(value));
    }

    @Nested
    class What_a_fetch_proves {

        private Fetch fetch(DesktopSession session, Target target, Runnable reading) {
            try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), target, PASTE)) {
                offer.expectPaste();
                reading.run();
                return offer.awaitFetch(LIMIT);
            }
        }

        @Test
        void of_a_program_that_has_always_read_once_is_the_paste() {
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                List<Fetch> fetches = IntStream.range(0, 4)
                        .mapToObj(i -> fetch(
                                session,
                                agent,
                                () -> assertThat(session.input().press(agent, List.of(PASTE)))
                                        .isEqualTo(Verdict.HELD)))
                        .toList();
                assertThat(fetches).containsExactly(Fetch.READ, Fetch.READ, Fetch.READ, Fetch.FETCHED);
            }
        }

        @Test
        void of_a_program_that_reads_twice_is_not() {
            try (XServer browser = client();
                    DesktopSession session =
                            desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                int window = show(browser, "browser");
                Target target = target(session, "browser");
                List<Fetch> fetches = IntStream.range(0, 5)
                        .mapToObj(i -> fetch(session, target, () -> {
                            readOnce(browser, window);
                            readOnce(browser, window);
                        }))
                        .toList();
                assertThat(fetches).containsOnly(Fetch.READ);
            }
        }

        @Test
        void is_nothing_as_long_as_the_program_has_read_and_nothing_could_be_copied_afterwards() {
            try (XServer browser = client();
                    DesktopSession session =
                            desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                int window = show(browser, "browser");
                Target target = target(session, "browser");
                for (int i = 0; i < 4; i++) {
                    try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), target, PASTE)) {
                        offer.expectPaste();
                        readOnce(browser, window);
                        assertThat(offer.awaitFetch(LIMIT)).isEqualTo(Fetch.READ);
                        assertThat(offer.awaitCopied(Duration.ofMillis(1))).isFalse();
                    }
                }
            }
        }

        @Test
        void is_told_by_its_usual_number_of_readings_once_it_has_been_quiet() {
            try (XServer browser = client();
                    DesktopSession session =
                            desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                int window = show(browser, "browser");
                Target target = target(session, "browser");
                for (int i = 0; i < 3; i++) {
                    fetch(session, target, () -> {
                        readOnce(browser, window);
                        readOnce(browser, window);
                    });
                }
                try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), target, PASTE)) {
                    offer.expectPaste();
                    readOnce(browser, window);
                    assertThat(offer.awaitQuiet()).isFalse();
                    readOnce(browser, window);
                    assertThat(offer.awaitQuiet()).isTrue();
                }
            }
        }

        private void readOnce(XServer program, int window) {
            Atoms atoms = new Atoms(program);
            program.selections()
                    .convert(window, atoms.get("CLIPBOARD"), atoms.get("UTF8_STRING"), atoms.get("READ"), 0);
            program.flush();
            until(() -> program.nextEvent(LIMIT)
                    .filter(SelectionNotify.class::isInstance)
                    .isPresent());
        }

        @Test
        void is_told_from_a_copy_and_each_copy_counts() {
            agents.draft("agent", "a draft");
            KeyChord all = KeyChord.parse("ctrl+a");
            KeyChord copy = KeyChord.parse("ctrl+c");
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), agent, PASTE)) {
                    offer.expectCopy();
                    session.input().press(agent, List.of(all, copy));
                    assertThat(offer.awaitCopied(LIMIT)).isTrue();
                    assertThat(offer.awaitCopiedAgain(Duration.ofMillis(1))).isFalse();
                    session.input().press(agent, List.of(all, copy));
                    assertThat(offer.awaitCopiedAgain(LIMIT)).isTrue();
                }
            }
            agents.draft("agent", "");
        }
    }

    @Nested
    class What_the_person_had_there {

        @Test
        void is_there_again_in_every_format_of_a_text() {
            others.copy("person", "é 中 what the person copied\nand a second line");
            Map<String, byte[]> before = readAll("clipboard");
            assertThat(before).hasSizeGreaterThan(3);
            deliver(desktop(Duration.ZERO), "a message");
            assertSame(readAll("clipboard"), before);
        }

        @Test
        void is_there_again_although_it_is_large() {
            byte[] large = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.UTF_8);
            copy("clipboard", large);
            deliver(desktop(Duration.ZERO), "a message");
            assertThat(read("clipboard", "UTF8_STRING"))
                    .hasValueSatisfying(now -> assertThat(now).isEqualTo(large));
        }

        @Test
        void is_there_again_if_it_is_an_image() {
            copy("clipboard", noise(700_000), "-target", "image/png");
            Map<String, byte[]> before = readAll("clipboard");
            assertThat(before).containsOnlyKeys("image/png");
            deliver(desktop(Duration.ZERO), "a message");
            assertSame(readAll("clipboard"), before);
        }

        @Test
        void is_there_again_with_all_formats_of_an_image_and_after_many_messages() {
            Map<String, byte[]> formats = new LinkedHashMap<>();
            formats.put("image/png", noise(200_000));
            formats.put("image/bmp", noise(150_000));
            formats.put("text/html", "<img src='x'>".getBytes(StandardCharsets.UTF_8));
            formats.put("application/x-empty", new byte[0]);
            Copier copier = new Copier(client(), "CLIPBOARD", formats).copies().answer();
            toClose.add(copier);
            Map<String, byte[]> before = readAll("clipboard");
            assertThat(before).hasSizeGreaterThanOrEqualTo(3);
            X11Desktop desktop = desktop(Duration.ZERO);
            for (int i = 0; i < 3; i++) {
                try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                    Target agent = focused(session, "agent");
                    paste(session, agent, "first " + i, PASTE);
                    paste(session, agent, "second " + i, PASTE);
                }
            }
            assertSame(readAll("clipboard"), before);
        }

        @Test
        void is_not_put_over_what_another_program_has_copied_meanwhile() {
            copy("clipboard", "old".getBytes(StandardCharsets.UTF_8));
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                paste(session, focused(session, "agent"), "a message", PASTE);
                copy("clipboard", "new".getBytes(StandardCharsets.UTF_8));
            }
            int owner = display.x11().selectionOwner("CLIPBOARD");
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("new".getBytes(StandardCharsets.UTF_8));
            assertThat(owner).isEqualTo(display.x11().selectionOwner("CLIPBOARD"));
        }

        @Test
        void is_not_copied_anew_by_a_session_that_offered_nothing() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            X11Desktop desktop = desktop(Duration.ZERO);
            deliver(desktop, "a message");
            Optional<byte[]> since = read("clipboard", "TIMESTAMP");
            try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                focused(session, "agent");
            }
            assertThat(since).isPresent();
            assertThat(read("clipboard", "TIMESTAMP"))
                    .hasValueSatisfying(now -> assertThat(now).isEqualTo(since.get()));
        }

        @Test
        void is_put_back_after_the_target_has_copied_for_us() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            agents.draft("agent", "a draft");
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), agent, PASTE)) {
                    offer.expectCopy();
                    assertThat(session.input()
                                    .press(agent, List.of(KeyChord.parse("ctrl+a"), KeyChord.parse("ctrl+c"))))
                            .isEqualTo(Verdict.HELD);
                    assertThat(offer.awaitCopied(LIMIT)).isTrue();
                    assertThat(session.clipboard().read(LIMIT).flatMap(ClipboardContent::text))
                            .hasValueSatisfying(text -> assertThat(text).contains("a draft"));
                }
            }
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("the person's".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void is_not_put_over_what_the_person_has_copied_in_the_target_itself() {
            copy("clipboard", "old".getBytes(StandardCharsets.UTF_8));
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                try (Offer offer = session.clipboard().offer(ClipboardContent.ofText("a message"), agent, PASTE)) {
                    offer.expectPaste();
                    assertThat(session.input().press(agent, List.of(PASTE))).isEqualTo(Verdict.HELD);
                    assertThat(offer.awaitFetch(LIMIT)).matches(Fetch::isRead);
                    agents.copy("agent", "new");
                    until(() -> !offer.staysFor(Duration.ZERO));
                    assertThat(offer.awaitFetch(LIMIT)).isEqualTo(Fetch.TAKEN);
                }
            }
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("new".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void was_nothing_and_is_nothing_again() throws Exception {
            Process owner = copy("clipboard", "gone".getBytes(StandardCharsets.UTF_8));
            owner.destroyForcibly().waitFor();
            until(() -> display.x11().selectionOwner("CLIPBOARD") == 0);
            deliver(desktop(Duration.ZERO), "a message");
            until(() -> display.x11().selectionOwner("CLIPBOARD") == 0);
        }

        @Test
        void is_still_there_when_the_process_that_moves_the_pointer_has_died() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            List<MortalPointer> started = new ArrayList<>();
            X11Desktop desktop = new X11Desktop(
                    Displays.settings(display.display(), display.authority()),
                    () -> {
                        started.add(new MortalPointer());
                        return started.get(started.size() - 1);
                    },
                    new LockDirectory(display.directory().toString(), Path.of("/no-such-directory"), "nobody"));
            toClose.add(desktop);
            deliver(desktop, "a message");
            try (DesktopSession session = desktop.acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                paste(session, agent, "another", PASTE);
                Point middle = new Point(
                        agent.window().bounds().x() + 20,
                        agent.window().bounds().y() + 20);
                assertThatThrownBy(() ->
                                session.input().click(agent, agent.window().bounds(), middle, LIMIT))
                        .isInstanceOf(DesktopUnavailable.class);
            }
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("the person's".getBytes(StandardCharsets.UTF_8));

            deliver(desktop, "the next message");

            assertThat(started).hasSize(2);
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("the person's".getBytes(StandardCharsets.UTF_8));
        }

        /** Dies of the first move. */
        private static final class MortalPointer implements Pointer {

            private boolean dead;

            @Override
            public void moveTo(Point point) {
                dead = true;
                throw new DesktopUnavailable("the pointer has died");
            }

            @Override
            public boolean isAlive() {
                return !dead;
            }

            @Override
            public void close() {}
        }

        private static Duration timeToOffer(DesktopSession session, Target target) {
            long start = System.nanoTime();
            try (Offer unused = session.clipboard().offer(ClipboardContent.ofText("a message"), target, PASTE)) {
                return Duration.ofNanos(System.nanoTime() - start);
            }
        }

        @Test
        void by_a_program_that_hangs_costs_no_more_than_the_limit() throws Exception {
            Process owner = copy("clipboard", "never told".getBytes(StandardCharsets.UTF_8));
            signal("-STOP", owner);
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Target agent = focused(session, "agent");
                // Only what the clipboard does: how long the window takes to paste is another matter.
                // More than the limit it cannot be: then the offer fails.
                assertThat(timeToOffer(session, agent)).isGreaterThanOrEqualTo(READ_LIMIT);
                assertThat(timeToOffer(session, agent)).isLessThan(READ_LIMIT);
            } finally {
                signal("-CONT", owner);
            }
        }

        private void signal(String signal, Process process) throws Exception {
            assertThat(new ProcessBuilder("sh", "-c", "kill " + signal + " " + process.pid())
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Nested
    class The_primary_selection {

        @Test
        void is_left_alone_by_most_paste_keys() {
            copy("primary", "selected".getBytes(StandardCharsets.UTF_8));
            int owner = display.x11().selectionOwner("PRIMARY");
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow();
                    Offer offer = session.clipboard()
                            .offer(ClipboardContent.ofText("a message"), focused(session, "agent"), PASTE)) {
                assertThat(display.x11().selectionOwner("PRIMARY")).isEqualTo(owner);
                assertThat(offer.staysFor(Duration.ZERO)).isTrue();
            }
        }

        @Test
        void is_offered_where_terminals_read_it_and_put_back() {
            copy("primary", "selected".getBytes(StandardCharsets.UTF_8));
            copy("clipboard", "copied".getBytes(StandardCharsets.UTF_8));
            int owner = display.x11().selectionOwner("PRIMARY");
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow();
                    Offer offer = session.clipboard()
                            .offer(ClipboardContent.ofText("a message"), focused(session, "agent"), PASTE_PRIMARY)) {
                assertThat(display.x11().selectionOwner("PRIMARY")).isNotEqualTo(owner);
                assertThat(readAll("primary")).containsOnlyKeys("x-kde-passwordManagerHint");
                assertThat(offer.staysFor(Duration.ZERO)).isTrue();
            }
            assertThat(read("primary", "UTF8_STRING")).hasValue("selected".getBytes(StandardCharsets.UTF_8));
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("copied".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void that_is_taken_counts_as_a_theft() {
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow();
                    Offer offer = session.clipboard()
                            .offer(ClipboardContent.ofText("a message"), focused(session, "agent"), PASTE_PRIMARY)) {
                copy("primary", "selected".getBytes(StandardCharsets.UTF_8));
                assertThat(offer.awaitFetch(LIMIT)).isEqualTo(Fetch.TAKEN);
            }
        }
    }

    @Nested
    class While_a_text_is_offered {

        @Test
        void others_hear_that_it_is_secret_and_nothing_else() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            try (DesktopSession session = desktop(Duration.ZERO).acquire(LIMIT).orElseThrow();
                    Offer offer = session.clipboard()
                            .offer(ClipboardContent.ofText("a message"), focused(session, "agent"), PASTE)) {
                assertThat(formats("clipboard"))
                        .containsExactlyInAnyOrder("TARGETS", "TIMESTAMP", "MULTIPLE", "x-kde-passwordManagerHint");
                for (String format : List.of(
                        "UTF8_STRING", "STRING", "TEXT", "text/plain;charset=utf-8", "text/plain", "COMPOUND_TEXT")) {
                    assertThat(read("clipboard", format)).as(format).isEmpty();
                }
                assertThat(read("clipboard", "x-kde-passwordManagerHint"))
                        .hasValue("secret".getBytes(StandardCharsets.US_ASCII));
                assertThat(offer.staysFor(Duration.ZERO)).isTrue();
                offer.expectPaste();
                assertThat(offer.awaitFetch(Duration.ZERO)).isEqualTo(Fetch.NOT_FETCHED);
            }
        }

        @Test
        void it_is_not_said_to_be_secret_when_it_is_the_persons_again() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            deliver(desktop(Duration.ZERO), "a message");
            assertThat(formats("clipboard")).contains("UTF8_STRING").doesNotContain("x-kde-passwordManagerHint");
        }
    }

    @Nested
    class After_the_delivery {

        @Test
        void the_target_still_gets_the_message_for_a_while_and_nobody_else_does() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            deliver(desktop(Duration.ofMinutes(1)), "a message");
            assertThat(pastedInto(agents, "agent")).isEqualTo("a message");
            assertThat(pastedInto(others, "person")).isEqualTo("the person's");
        }

        @Test
        void the_target_gets_the_persons_clipboard_like_everybody_when_that_is_over() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            deliver(desktop(Duration.ZERO), "a message");
            assertThat(pastedInto(agents, "agent")).isEqualTo("the person's");
        }

        private String pastedInto(ChatWindowsProcess program, String window) {
            program.draft(window, "");
            program.front(window);
            display.x11().key("ctrl+a");
            display.x11().key("ctrl+v");
            until(() -> !program.input(window).isEmpty());
            String pasted = program.input(window);
            program.draft(window, "");
            return pasted;
        }
    }

    @Nested
    class A_program_that_does_not_keep_to_the_rules {

        @Test
        void may_list_formats_that_have_no_name() {
            Copier copier = new Copier(
                            client(), "CLIPBOARD", Map.of("UTF8_STRING", "kept".getBytes(StandardCharsets.UTF_8)))
                    .listing(0, 0x1fffffff, -1)
                    .copies()
                    .answer();
            toClose.add(copier);
            deliver(desktop(Duration.ZERO), "a message");
            assertThat(read("clipboard", "UTF8_STRING")).hasValue("kept".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void may_answer_for_what_was_asked_long_ago() throws Exception {
            try (XServer ours = client()) {
                Atoms atoms = new Atoms(ours);
                int window = ours.createInputOnlyWindow(EventMask.PROPERTY_CHANGE);
                SelectionReader reader = new SelectionReader(ours, atoms, window);
                ServerClock clock = new ServerClock(ours, atoms, window, LIMIT);
                int selection = atoms.get("CLIPBOARD");
                Copier slow = new Copier(client(), "CLIPBOARD", Map.of("image/png", noise(100))).copies();
                toClose.add(slow);
                assertThat(reader.read(selection, clock.now(event -> {}), Duration.ofMillis(50), event -> {})
                                .formats())
                        .isEmpty();
                Copier quick = new Copier(
                                client(), "CLIPBOARD", Map.of("UTF8_STRING", "new".getBytes(StandardCharsets.UTF_8)))
                        .copies()
                        .answer();
                toClose.add(quick);
                int now = clock.now(event -> {});
                slow.answer().close();
                slow.awaitEnd();
                assertThat(reader.read(selection, now, LIMIT, event -> {}).formats())
                        .extracting(Format::name)
                        .containsExactly("UTF8_STRING");
            }
        }

        @Test
        void may_take_the_display_from_us_and_the_person_gets_their_clipboard_back() {
            copy("clipboard", "the person's".getBytes(StandardCharsets.UTF_8));
            try (XServer theirs = client();
                    DesktopSession session =
                            desktop(Duration.ZERO).acquire(LIMIT).orElseThrow();
                    Offer offer = session.clipboard()
                            .offer(ClipboardContent.ofText("a message"), target(session, "agent"), PASTE)) {
                int window = theirs.createInputOnlyWindow(0);
                theirs.selections().setOwner(window, theirs.atom("_DESKPOST_S0"), 0);
                theirs.sync();
                assertThat(offer.staysFor(Duration.ZERO)).isTrue();
                session.close();
                assertThat(read("clipboard", "UTF8_STRING")).hasValue("the person's".getBytes(StandardCharsets.UTF_8));
            }
        }

        @Test
        void may_read_a_text_on_and_on_without_holding_up_the_next() throws Exception {
            try (XServer theirs = client();
                    DesktopSession session =
                            desktop(Duration.ZERO).acquire(LIMIT).orElseThrow()) {
                Atoms atoms = new Atoms(theirs);
                int window = show(theirs, "greedy");
                Target greedy = focused(session, "greedy");
                Greedy reader = new Greedy(theirs, window, atoms);
                toClose.add(reader);
                try (Offer first = session.clipboard().offer(ClipboardContent.ofText("first"), greedy, PASTE)) {
                    first.expectPaste();
                    reader.start();
                    assertThat(first.awaitFetch(LIMIT)).matches(Fetch::isRead);
                    long start = System.nanoTime();
                    try (Offer second = session.clipboard().offer(ClipboardContent.ofText("second"), greedy, PASTE)) {
                        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
                        assertThat(second.staysFor(Duration.ZERO)).isTrue();
                    }
                } finally {
                    reader.close();
                }
            }
        }
    }

    /** Asks for the text again as soon as it has got it. */
    private static final class Greedy implements AutoCloseable {

        private final Thread thread;
        private volatile boolean closed;

        Greedy(XServer server, int window, Atoms atoms) {
            int selection = atoms.get("CLIPBOARD");
            int format = atoms.get("UTF8_STRING");
            int property = atoms.get("GREEDY");
            thread = new Thread(
                    () -> {
                        while (!closed) {
                            server.selections().convert(window, selection, format, property, 0);
                            boolean answered = false;
                            while (!answered && !closed) {
                                answered = server.nextEvent(Duration.ofMillis(100))
                                        .filter(SelectionNotify.class::isInstance)
                                        .isPresent();
                            }
                        }
                    },
                    "greedy");
        }

        void start() {
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            thread.join();
        }
    }
}
