package dev.deskpost.receipt.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk hangs, and what is expected elsewhere can be forgotten all the same: transactions wait for that. */
class ExpectationsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ID = "msg_20261121_190500_1a2b3c4d";
    private static final Path ROOT = Path.of("/inboxes");

    private final Expectations expectations = new Expectations(10);
    private final WatchService watcher = mock(WatchService.class);
    private final HeldFolder held = mock(HeldFolder.class);
    private final Path path = mock(Path.class);
    private final WatchKey key = mock(WatchKey.class);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);

    @BeforeEach
    void a_disk_that_works() throws Exception {
        when(held.path()).thenReturn(path);
        when(held.identity()).thenReturn("the folder");
        when(path.register(any(WatchService.class), any(WatchEvent.Kind[].class)))
                .thenReturn(key);
        when(key.isValid()).thenReturn(true);
    }

    @AfterEach
    void the_disk_answers() {
        answers.countDown();
    }

    @Test
    void while_the_disk_is_asked_which_folder_it_is() throws Exception {
        when(held.identity()).thenAnswer(asking -> hang("the folder"));
        assertForgottenWhileAnotherFolderHangs();
    }

    @Test
    void while_the_disk_is_to_tell_of_new_files() throws Exception {
        when(path.register(any(WatchService.class), any(WatchEvent.Kind[].class)))
                .thenAnswer(asking -> hang(key));
        assertForgottenWhileAnotherFolderHangs();
    }

    @Test
    void while_the_disk_is_to_tell_of_them_no_more() throws Exception {
        doAnswer(asking -> hang(key)).when(key).cancel();
        WatchedFolder folder = expect();
        expectations.listen(folder, held, watcher);

        assertThat(forgetting()).succeedsWithin(SOON);
    }

    @Test
    void what_tells_of_a_folder_that_nobody_holds_any_more_is_cancelled_later() throws Exception {
        expectations.listen(expect(), held, watcher);
        expectations.forget(ID);
        verify(key, never()).cancel();

        expectations.cancelUnused();
        verify(key).cancel();
    }

    @Test
    void what_tells_of_two_names_of_a_folder_is_not_cancelled_with_one() throws Exception {
        WatchedFolder alias = expectations.hold(new InboxFolder(ROOT, Path.of("alias")));
        expectations.listen(alias, held, watcher);
        expectations.listen(expect(), held, watcher);

        expectations.forget(ID);
        expectations.cancelUnused();
        verify(key, never()).cancel();

        expectations.release(alias);
        expectations.cancelUnused();
        verify(key).cancel();
    }

    @Test
    void what_was_forgotten_while_the_disk_was_asked_is_not_listened_to() throws Exception {
        when(path.register(any(WatchService.class), any(WatchEvent.Kind[].class)))
                .thenAnswer(asking -> {
                    expectations.forget(ID);
                    return key;
                });

        expectations.listen(expect(), held, watcher);

        expectations.cancelUnused();
        verify(key).cancel();
    }

    private void assertForgottenWhileAnotherFolderHangs() throws Exception {
        WatchedFolder hangs = expectations.hold(new InboxFolder(ROOT, Path.of("hangs")));
        CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> {
            try {
                expectations.listen(hangs, held, watcher);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        asked.await();

        assertThat(CompletableFuture.supplyAsync(this::expect)).succeedsWithin(SOON);
        assertThat(forgetting()).succeedsWithin(SOON);

        answers.countDown();
        assertThat(listening).succeedsWithin(SOON);
        assertThat(expectations.foldersOf(key)).containsExactly(hangs);
    }

    private WatchedFolder expect() {
        WatchedFolder folder = expectations.hold(new InboxFolder(ROOT, Path.of("works")));
        assertThat(expectations.add(new Expected(ID, "agent", Set.of(), folder)))
                .isTrue();
        return folder;
    }

    private CompletableFuture<Void> forgetting() {
        return CompletableFuture.runAsync(() -> expectations.forget(ID));
    }

    private <T> T hang(T answer) throws InterruptedException {
        asked.countDown();
        answers.await();
        return answer;
    }
}
