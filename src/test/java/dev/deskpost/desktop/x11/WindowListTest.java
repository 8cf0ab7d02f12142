package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many who ask for the windows at once. */
class WindowListTest {

    private static final int CROWD = 60;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Counts how many connect at the same time. */
    private XServer connect(VirtualDisplay where) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            return XServer.connect(
                    DisplayName.parse(where.display()), Authority.read(where.authority()), Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            now.decrementAndGet();
        }
    }

    @Test
    void share_one_connection_and_get_the_windows_as_they_are() {
        VirtualDisplay.assumeAvailable();
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        try (VirtualDisplay display = VirtualDisplay.start();
                ChatWindowsProcess windows = ChatWindowsProcess.open(display, "one", "two")) {
            WindowList list = new WindowList(() -> connect(display));
            List<CompletableFuture<List<Window>>> answers = IntStream.range(0, CROWD)
                    .mapToObj(i -> CompletableFuture.supplyAsync(list::windows, crowd))
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join())
                            .extracting(Window::title)
                            .containsExactlyInAnyOrder("one", "two"));
            assertThat(most).hasValue(1);

            windows.title("one", "three");
            Awaitility.await()
                    .until(
                            () -> list.windows().stream().map(Window::title).toList(),
                            titles -> titles.contains("three"));
            display.kill();
            assertThatThrownBy(list::windows).isInstanceOf(DesktopUnavailable.class);
        } finally {
            crowd.shutdownNow();
        }
    }
}
