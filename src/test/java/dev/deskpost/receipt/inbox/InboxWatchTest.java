package dev.deskpost.receipt.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be published is shown by a later file that is: the watch looks at files in their order. */
class InboxWatchTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Instant NOW = Instant.parse("2026-11-21T19:05:02Z");
    private static final String ID = "msg_20261121_190500_1a2b3c4d";
    private static final String LAST = "msg_20261121_190500_ffffffff";

    @TempDir
    Path root;

    private final List<InboxFileSeen> seen = new CopyOnWriteArrayList<>();
    private final List<InboxWatch> watches = new ArrayList<>();
    private Path inbox;
    private InboxFolder folder;

    @BeforeEach
    void set_up() throws IOException {
        inbox = Files.createDirectory(root.resolve("agent"));
        folder = folder("agent");
    }

    @AfterEach
    void stop() {
        watches.forEach(InboxWatch::close);
    }

    @Test
    void who_is_being_told_when_it_ends_is_not_interrupted() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        InboxWatch watch = watch(NEVER, file -> {
            told.countDown();
            try {
                slow.await();
                interrupted.add(false);
            } catch (InterruptedException e) {
                interrupted.add(true);
            }
        });
        expect(watch, ID);
        write("RECEIVED_" + ID + ".md");
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(slow::countDown);

        watch.close();

        assertThat(interrupted).containsExactly(false);
    }

    @Nested
    class By_events_alone {

        private final InboxWatch watch = watch(NEVER, seen::add);

        @Test
        void a_new_file_is_published_once() throws IOException {
            expect(watch, ID);
            write("RECEIVED_" + ID + ".md");
            write("AGAIN_" + ID + ".md");
            assertPublished(watch, "RECEIVED_" + ID + ".md");
            assertThat(seen.get(0)).isEqualTo(new InboxFileSeen(ID, "agent-2", "RECEIVED_" + ID + ".md", NOW));
        }

        @Test
        void a_file_counts_when_it_gets_its_name() throws IOException {
            expect(watch, ID);
            Path made = write("RECEIVED_" + ID + ".md.tmp");
            Files.move(made, inbox.resolve("renamed_" + ID + ".md"));
            assertPublished(watch, "renamed_" + ID + ".md");
        }

        @Test
        void a_file_may_be_moved_in_from_elsewhere() throws IOException {
            Path elsewhere = Files.createFile(root.resolve(ID + ".md"));
            expect(watch, ID);
            Files.move(elsewhere, inbox.resolve(ID + ".md"));
            assertPublished(watch, ID + ".md");
        }

        @Test
        void what_was_there_never_counts_not_even_made_anew() throws IOException {
            Path old = write("RECEIVED_" + ID + ".md");
            expect(watch, ID);
            Files.writeString(old, "changed");
            Files.delete(old);
            write("RECEIVED_" + ID + ".md");
            assertPublished(watch);
        }

        @Test
        void what_is_no_file_of_the_recipient_does_not_count() throws IOException {
            Path outside = Files.createFile(root.getParent().resolve(root.getFileName() + "-outside.md"));
            try {
                expect(watch, ID);
                new InboxWriter(NEVER)
                        .write(folder, new InboxLetter(ID, "agent-2", "me", "normal", Instant.now(), "hello"));
                Files.createDirectory(inbox.resolve("directory_" + ID + ".md"));
                Files.createSymbolicLink(inbox.resolve("out_" + ID + ".md"), outside);
                Files.createSymbolicLink(inbox.resolve("nowhere_" + ID + ".md"), inbox.resolve("missing"));
                write("longer_" + ID + "e.md");
                assertPublished(watch);
            } finally {
                Files.delete(outside);
            }
        }

        @Test
        void a_link_to_a_file_beneath_the_root_counts() throws IOException {
            Path file = Files.createFile(root.resolve("file"));
            expect(watch, ID);
            Files.createSymbolicLink(inbox.resolve(ID + ".md"), file);
            assertPublished(watch, ID + ".md");
        }

        @Test
        void a_forgotten_message_is_not_published() throws IOException {
            expect(watch, ID);
            watch.forget(ID);
            watch.forget("never expected");
            write(ID + ".md");
            assertPublished(watch);
        }

        @Test
        void one_file_can_name_several_messages() throws IOException {
            String other = "msg_20261121_190500_00000000";
            expect(watch, ID);
            expect(watch, other);
            write(ID + " " + other + ".md");
            await().untilAsserted(() ->
                    assertThat(seen).extracting(InboxFileSeen::messageId).containsExactlyInAnyOrder(ID, other));
        }

        @Test
        void a_name_of_any_characters_is_published_in_one_line() throws Exception {
            expect(watch, ID);
            Process touch = new ProcessBuilder("bash", "-c", "touch $'\\xff\\n" + ID + "\\e[2J.md'")
                    .directory(inbox.toFile())
                    .start();
            assertThat(touch.waitFor()).isZero();
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            assertThat(seen.get(0).fileName()).contains(ID).doesNotContain("\n", "\u001b");
        }

        @Test
        void ten_thousand_other_files_do_not_hide_it() throws IOException {
            for (int i = 0; i < 5_000; i++) {
                write("before-" + i + ".md");
            }
            expect(watch, ID);
            for (int i = 0; i < 5_000; i++) {
                write("after-" + i + ".md");
            }
            write(ID + ".md");
            assertPublished(watch, ID + ".md");
        }

        @Test
        void events_that_were_lost_are_made_up_for() throws IOException {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            InboxWatch slow = watch(NEVER, file -> {
                seen.add(file);
                if (file.messageId().equals(ID)) {
                    busy.countDown();
                    awaitUninterrupted(goOn);
                }
            });
            expect(slow, ID);
            expect(slow, LAST);
            write(ID + ".md");
            awaitUninterrupted(busy);
            for (int i = 0; i < 1_000; i++) { // The JDK keeps 512 events for a folder, and then none.
                write("other-" + i + ".md");
            }
            write(LAST + ".md");
            goOn.countDown();
            await().untilAsserted(() ->
                    assertThat(seen).extracting(InboxFileSeen::messageId).containsExactly(ID, LAST));
        }

        @Test
        void a_folder_is_watched_under_all_its_names() throws IOException {
            Files.createSymbolicLink(root.resolve("alias"), inbox);
            assertThat(watch.expect(LAST, "agent-2", folder("alias"))).isEmpty();
            expect(watch, ID);
            watch.forget(ID); // The system has one key for both.
            write(LAST + ".md");
            await().untilAsserted(() ->
                    assertThat(seen).extracting(InboxFileSeen::messageId).containsExactly(LAST));
        }

        @Test
        void a_thousand_folders_are_watched_at_once() throws IOException {
            int folders = 1_000;
            for (int i = 0; i < folders; i++) {
                Files.createDirectory(root.resolve("agent-" + i));
                assertThat(watch.expect(id(i), "agent-" + i, folder("agent-" + i)))
                        .isEmpty();
            }
            for (int i = 0; i < folders; i++) {
                Files.createFile(root.resolve("agent-" + i).resolve(id(i) + ".md"));
            }
            await().untilAsserted(() -> assertThat(seen).hasSize(folders));
            assertThat(seen).allMatch(file -> file.fileName().equals(file.messageId() + ".md"));
            assertThat(seen.stream().map(InboxFileSeen::messageId).distinct()).hasSize(folders);
        }

        @Test
        void a_listener_that_fails_does_not_end_the_watch() throws IOException {
            InboxWatch failing = watch(NEVER, file -> {
                seen.add(file);
                throw new IllegalStateException("on purpose");
            });
            expect(failing, ID);
            write(ID + ".md");
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            expect(failing, LAST);
            write(LAST + ".md");
            await().untilAsserted(() -> assertThat(seen).hasSize(2));
        }

        @Test
        void a_message_that_is_expected_anew_starts_from_what_is_there_then() throws IOException {
            expect(watch, ID);
            watch.forget(ID);
            write("first_" + ID + ".md");
            expect(watch, ID);
            write("second_" + ID + ".md");
            assertPublished(watch, "second_" + ID + ".md");
        }
    }

    @Nested
    class By_listing {

        private final InboxWatch watch = watch(OFTEN, seen::add);

        @Test
        void a_folder_that_does_not_exist_yet_is_found() throws IOException {
            assertThat(watch.expect(ID, "agent-2", folder("later/inbox"))).isEmpty();
            Files.createDirectories(root.resolve("later/inbox"));
            Files.createFile(root.resolve("later/inbox").resolve(ID + ".md"));
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
        }

        @Test
        void a_folder_that_is_deleted_and_made_again_is_found() throws IOException {
            expect(watch, ID);
            Files.delete(inbox);
            Files.createDirectory(inbox);
            write(ID + ".md");
            assertPublished(watch, ID + ".md");
        }

        @Test
        void a_folder_that_is_moved_away_counts_no_more_and_its_successor_does() throws IOException {
            expect(watch, ID);
            expect(watch, LAST);
            Files.move(inbox, root.resolve("moved"));
            Files.createDirectory(inbox);
            write("first_" + LAST + ".md");
            await().untilAsserted(() -> assertThat(seen).hasSize(1)); // Nobody looks into the old one any more
            Files.createFile(root.resolve("moved").resolve("wrong_" + ID + ".md"));
            write("right_" + ID + ".md");
            await().untilAsserted(() -> assertThat(seen)
                    .extracting(InboxFileSeen::fileName)
                    .containsExactly("first_" + LAST + ".md", "right_" + ID + ".md"));
        }

        @Test
        void a_folder_that_leads_out_is_not_looked_into() throws IOException {
            Path inner = Files.createDirectories(root.resolve("inner/agent"));
            Path outside = Files.createDirectory(root.resolve("outside"));
            InboxFolder swapped = (InboxFolder) new InboxFolders(root.resolve("inner")).find("agent");
            assertThat(watch.expect(ID, "agent-2", swapped)).isEmpty();
            Files.delete(inner);
            Files.createSymbolicLink(inner, outside);
            Files.createFile(outside.resolve("wrong_" + ID + ".md"));
            expect(watch, LAST);
            write(LAST + ".md");
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            Files.delete(inner);
            Files.createDirectory(inner);
            Files.createFile(inner.resolve("right_" + ID + ".md"));
            await().untilAsserted(() -> assertThat(seen)
                    .extracting(InboxFileSeen::fileName)
                    .containsExactly(LAST + ".md", "right_" + ID + ".md"));
        }

        @Test
        void files_are_found_where_the_system_tells_nothing() throws IOException {
            InboxWatch listing = keep(new InboxWatch(OFTEN, 10, clock(), seen::add, () -> {
                throw new IOException("User limit of inotify instances reached or too many open files");
            }));
            Path old = write("old_" + ID + ".md");
            expect(listing, ID);
            Files.writeString(old, "changed");
            write("new_" + ID + ".md");
            assertPublished(listing, "new_" + ID + ".md");
        }

        @Test
        void the_system_is_asked_again_later() throws IOException {
            List<String> asked = new ArrayList<>();
            InboxWatch listing = keep(new InboxWatch(OFTEN, 10, clock(), seen::add, () -> {
                asked.add("");
                if (asked.size() == 1) {
                    throw new IOException("none left");
                }
                return FileSystems.getDefault().newWatchService();
            }));
            expect(listing, ID);
            expect(listing, LAST);
            assertThat(asked).hasSize(2);
            write(ID + ".md");
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
        }
    }

    @Nested
    class Is_refused {

        private final InboxWatch watch = watch(NEVER, seen::add);

        @Test
        void where_the_folder_is_none() throws IOException {
            Files.createFile(root.resolve("file"));
            assertThat(watch.expect(ID, "agent-2", folder("file")))
                    .hasValueSatisfying(why -> assertThat(why).contains("not a folder"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a/b", "..", "*", "a\0"})
        void for_an_id_that_is_none(String id) {
            assertThat(watch.expect(id, "agent-2", folder)).isPresent();
            assertThat(watch.isThere(id, folder, Instant.EPOCH)).isFalse();
        }

        @Test
        void when_too_much_is_expected_and_not_any_more_when_less_is() {
            InboxWatch small = keep(new InboxWatch(NEVER, 2, clock(), seen::add));
            expect(small, id(1));
            expect(small, id(2));
            expect(small, id(2));
            assertThat(small.expect(id(3), "agent-2", folder)).isPresent();
            small.forget(id(1));
            expect(small, id(3));
        }

        @Test
        void after_it_was_stopped_and_its_thread_has_ended() {
            Set<Thread> others = Thread.getAllStackTraces().keySet();
            expect(watch, ID);
            Thread thread = Thread.getAllStackTraces().keySet().stream()
                    .filter(each -> each.getName().equals("deskpost-inbox") && !others.contains(each))
                    .findAny()
                    .orElseThrow();
            assertThat(thread.isDaemon()).isTrue();
            watch.close();
            watch.close();
            await().until(() -> !thread.isAlive());
            assertThat(watch.expect(LAST, "agent-2", folder)).isPresent();
        }
    }

    @Nested
    class After_a_restart {

        private final InboxWatch watch = watch(NEVER, seen::add);

        @Test
        void a_file_counts_by_its_time() throws IOException {
            Path file = write("RECEIVED_" + ID + ".md");
            Files.setLastModifiedTime(file, FileTime.from(NOW));
            assertThat(watch.isThere(ID, folder, NOW)).isTrue();
            assertThat(watch.isThere(ID, folder, NOW.plusNanos(1))).isFalse();
            assertThat(watch.isThere(LAST, folder, NOW)).isFalse();
        }

        @Test
        void what_is_no_file_of_the_recipient_is_not_there() throws IOException {
            new InboxWriter(NEVER)
                    .write(folder, new InboxLetter(ID, "agent-2", "me", "normal", Instant.now(), "hello"));
            Files.createDirectory(inbox.resolve("directory_" + ID + ".md"));
            Files.createSymbolicLink(inbox.resolve("out_" + ID + ".md"), Path.of("/etc/hostname"));
            write("longer_" + ID + "0.md");
            assertThat(watch.isThere(ID, folder, Instant.EPOCH)).isFalse();
            assertThat(watch.isThere(ID, folder("missing"), Instant.EPOCH)).isFalse();
        }
    }

    /** The given names were published in this order, and nothing else before a last file. */
    private void assertPublished(InboxWatch watch, String... names) throws IOException {
        expect(watch, LAST);
        write("LAST_" + LAST + ".md");
        List<String> all = new ArrayList<>(List.of(names));
        all.add("LAST_" + LAST + ".md");
        await().until(() -> seen.stream().anyMatch(file -> file.messageId().equals(LAST)));
        await().untilAsserted(() ->
                assertThat(seen).extracting(InboxFileSeen::fileName).containsExactlyInAnyOrderElementsOf(all));
    }

    private void expect(InboxWatch watch, String id) {
        assertThat(watch.expect(id, "agent-2", folder)).isEmpty();
    }

    private InboxWatch watch(Duration pollInterval, Consumer<InboxFileSeen> listener) {
        return keep(new InboxWatch(pollInterval, 10_000, clock(), listener));
    }

    private InboxWatch keep(InboxWatch watch) {
        watches.add(watch);
        return watch;
    }

    private InboxFolder folder(String name) {
        return (InboxFolder) new InboxFolders(root).find(name);
    }

    private Path write(String name) throws IOException {
        return Files.createFile(inbox.resolve(name));
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private static String id(int number) {
        return "msg_20261121_190500_%08x".formatted(number);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
