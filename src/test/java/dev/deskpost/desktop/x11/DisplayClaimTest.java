package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.DesktopTaken;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.EventMask;
import dev.deskpost.desktop.x11.wire.XEvent;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One deliverer for a display: on a real X server, against other connections, other users' lock files and other processes. */
class DisplayClaimTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int CURRENT_TIME = 0;

    private static VirtualDisplay display;

    @TempDir
    private Path given;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService everyone = Executors.newCachedThreadPool();
    private Path ours;

    @BeforeAll
    static void start_a_display() {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
    }

    @AfterAll
    static void stop_it() {
        if (display != null) {
            display.close();
        }
    }

    @BeforeEach
    void make_a_place_for_lock_files() throws IOException {
        ours = Files.createDirectory(given.toRealPath().resolve("ours"));
    }

    /** What was opened last may be connected to what was opened first. */
    @AfterEach
    void close_what_was_opened() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        everyone.shutdownNow();
        await("nothing is left behind").atMost(LIMIT).until(() -> owner() == 0);
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private X11Desktop desktop(Path runtimeDirectory) {
        return opened(Displays.desktop(display.display(), display.authority(), runtimeDirectory));
    }

    /** Where another user has his lock files. */
    private Path theirs() throws IOException {
        return Files.createDirectory(given.resolve("theirs"));
    }

    private AnotherDeskpost another(Path runtimeDirectory) {
        return opened(AnotherDeskpost.on(display.display(), display.authority(), runtimeDirectory));
    }

    /** A client of the X server that is no Deskpost. */
    private XServer stranger() throws IOException {
        return opened(XServer.connect(
                DisplayName.parse(display.display()), Authority.read(display.authority()), Duration.ofSeconds(5)));
    }

    private static int takeSelection(XServer stranger) {
        int window = stranger.createInputOnlyWindow(0);
        stranger.selections().setOwner(window, stranger.atom("_DESKPOST_S0"), CURRENT_TIME);
        stranger.sync();
        assertThat(owner()).isEqualTo(window);
        return window;
    }

    /** As another client sees it. */
    private static int owner() {
        return display.x11().selectionOwner("_DESKPOST_S0");
    }

    private static void deliver(X11Desktop desktop) {
        desktop.acquire(LIMIT).ifPresent(DesktopSession::close);
    }

    private static String reasonToStandBy(X11Desktop desktop) {
        try {
            deliver(desktop);
            throw new AssertionError("it delivers");
        } catch (DesktopTaken e) {
            DesktopStatus status = desktop.status();
            assertThat(status.available()).isFalse();
            assertThat(status.standby()).isTrue();
            assertThat(status.reason()).isEqualTo(e.reason());
            return e.reason();
        }
    }

    private static void assertDelivers(X11Desktop desktop) {
        deliver(desktop);
        assertThat(desktop.status()).isEqualTo(DesktopStatus.available("x11", display.display()));
    }

    private static String thisProcess() {
        return "another Deskpost (process " + ProcessHandle.current().pid();
    }

    @Nested
    class A_second_one {

        @Test
        void in_the_same_process_stands_by_and_delivers_when_the_first_was_closed() {
            X11Desktop first = desktop(ours);
            X11Desktop second = desktop(ours);
            assertDelivers(first);
            assertThat(reasonToStandBy(second))
                    .startsWith(thisProcess())
                    .endsWith("delivers to " + display.display() + "; this one stands by and takes over when it ends");
            assertDelivers(first);
            first.close();
            assertDelivers(second);
        }

        @Test
        void is_told_by_a_look_alone_that_it_stands_by() {
            X11Desktop first = desktop(ours);
            X11Desktop second = desktop(ours);
            assertThat(second.status().available()).isTrue();
            deliver(first);
            assertThat(second.status().standby()).isTrue();
            assertThat(second.status().reason()).startsWith(thisProcess());
            first.close();
            assertThat(second.status().available()).isTrue();
        }

        @Test
        void of_another_user_sees_it_by_the_selection() throws IOException {
            X11Desktop first = desktop(ours);
            X11Desktop second = desktop(theirs());
            deliver(first);
            assertThat(reasonToStandBy(second)).startsWith(thisProcess());
            first.close();
            assertDelivers(second);
            assertThat(reasonToStandBy(first)).startsWith(thisProcess());
        }

        @Test
        void that_meets_the_lock_file_alone_stands_by_too() {
            try (DisplayLockFile file = DisplayLockFile.take(ours, DisplayName.parse(display.display()))) {
                X11Desktop second = desktop(ours);
                assertThat(reasonToStandBy(second)).startsWith(thisProcess());
                assertThat(owner()).isZero();
                file.close();
                assertDelivers(second);
            }
        }

        @Test
        void takes_over_from_a_process_that_was_killed() {
            AnotherDeskpost first = another(ours);
            assertThat(first.delivers()).isTrue();
            X11Desktop second = desktop(ours);
            assertThat(reasonToStandBy(second)).startsWith("another Deskpost (process " + first.pid() + " on host ");
            first.kill();
            await().atMost(LIMIT).until(() -> owner() == 0);
            assertDelivers(second);
        }

        @Test
        void in_another_process_stands_by_for_this_one() {
            X11Desktop first = desktop(ours);
            deliver(first);
            AnotherDeskpost second = another(ours);
            assertThat(second.answer()).startsWith(thisProcess());
            first.close();
            second.tryAgain();
            assertThat(second.delivers()).isTrue();
        }

        @Test
        void on_another_display_is_none() {
            try (VirtualDisplay elsewhere = VirtualDisplay.start();
                    X11Desktop second = Displays.desktop(elsewhere.display(), elsewhere.authority(), ours)) {
                assertDelivers(desktop(ours));
                deliver(second);
                assertThat(second.status().available()).isTrue();
            }
        }

        @Test
        void that_was_refused_leaves_nothing_locked() throws IOException {
            X11Desktop first = desktop(ours);
            deliver(first);
            Path theirs = theirs();
            reasonToStandBy(desktop(theirs));
            DisplayLockFile.take(theirs, DisplayName.parse(display.display())).close();
        }
    }

    @Nested
    class The_manager_selection {

        @Test
        void of_a_stranger_is_respected_until_he_leaves() throws IOException {
            XServer stranger = stranger();
            int owner = takeSelection(stranger);
            X11Desktop desktop = desktop(ours);
            assertThat(reasonToStandBy(desktop)).startsWith(thisProcess());
            assertThat(owner()).isEqualTo(owner);
            stranger.close();
            await().atMost(LIMIT).until(() -> owner() == 0);
            assertDelivers(desktop);
        }

        @Test
        void is_had_by_one_of_many_who_take_it_at_once() throws Exception {
            int count = 8;
            CyclicBarrier start = new CyclicBarrier(count);
            List<CompletableFuture<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                XServer server = stranger();
                Path theirs = Files.createDirectory(given.resolve("user-" + i));
                DisplayClaim claim = new DisplayClaim(new LockDirectory(theirs.toString(), theirs, "nobody"));
                claims.add(CompletableFuture.supplyAsync(() -> take(claim, server, start), everyone));
            }
            assertThat(claims.stream().filter(CompletableFuture::join)).hasSize(1);
        }

        /** Without the look from outside that comes before it in a desktop. */
        private static boolean take(DisplayClaim claim, XServer server, CyclicBarrier start) {
            try {
                start.await(10, TimeUnit.SECONDS);
                claim.take(server, LIMIT);
                return claim.isHeld(server);
            } catch (DesktopTaken e) {
                return false;
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void that_is_lost_ends_the_right_to_deliver() throws IOException {
            X11Desktop desktop = desktop(ours);
            deliver(desktop);
            XServer stranger = stranger();
            int owner = takeSelection(stranger);
            assertThat(desktop.status().standby()).isTrue();
            reasonToStandBy(desktop);
            assertThat(owner()).as("it is not fought for").isEqualTo(owner);
            DisplayLockFile.take(ours, DisplayName.parse(display.display())).close();
            stranger.close();
            await().atMost(LIMIT).until(() -> owner() == 0);
            assertDelivers(desktop);
        }

        @Test
        void that_is_lost_to_nobody_is_taken_again() throws IOException {
            X11Desktop desktop = desktop(ours);
            deliver(desktop);
            XServer stranger = stranger();
            stranger.destroyWindow(owner());
            stranger.sync();
            assertThat(owner()).isZero();
            assertDelivers(desktop);
            assertThat(owner()).isNotZero();
        }

        @Test
        void is_announced_and_says_whose_it_is() throws IOException {
            XServer watcher = stranger();
            watcher.selectEvents(watcher.root(), EventMask.STRUCTURE_NOTIFY);
            watcher.sync();
            deliver(desktop(ours));
            int clientMessage = 33;
            await().atMost(LIMIT)
                    .until(() -> watcher.nextEvent(Duration.ofSeconds(1)).equals(other(clientMessage)));
            assertThat(display.x11().pid(owner()))
                    .isEqualTo((int) ProcessHandle.current().pid());
        }

        private static Optional<XEvent> other(int type) {
            return Optional.of(new XEvent.Other(type));
        }

        @Test
        void answers_who_asks_for_its_content_with_a_refusal() throws IOException {
            deliver(desktop(ours));
            XServer asking = stranger();
            int window = asking.createInputOnlyWindow(0);
            int selection = asking.atom("_DESKPOST_S0");
            asking.selections().convert(window, selection, asking.atom("TARGETS"), asking.atom("ANSWER"), CURRENT_TIME);
            assertThat(asking.nextEvent(LIMIT))
                    .hasValueSatisfying(event -> assertThat(event)
                            .isInstanceOfSatisfying(XEvent.SelectionNotify.class, answer -> {
                                assertThat(answer.selection()).isEqualTo(selection);
                                assertThat(answer.property()).isZero();
                            }));
        }
    }

    @Nested
    class A_server_that_goes {

        @Test
        void takes_the_claim_with_it() {
            VirtualDisplay mortal = VirtualDisplay.start();
            try (X11Desktop its = Displays.desktop(mortal.display(), mortal.authority(), ours)) {
                deliver(its);
                DisplayName name = DisplayName.parse(mortal.display());
                assertThatThrownBy(() -> DisplayLockFile.take(ours, name)).isInstanceOf(DesktopTaken.class);
                mortal.kill();
                assertThatThrownBy(() -> deliver(its))
                        .isInstanceOf(DesktopUnavailable.class)
                        .isNotInstanceOf(DesktopTaken.class);
                DisplayLockFile.take(ours, name).close();
            } finally {
                mortal.close();
            }
        }
    }
}
