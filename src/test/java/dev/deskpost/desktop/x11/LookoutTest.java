package dev.deskpost.desktop.x11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.desktop.DesktopStatus;
import dev.deskpost.desktop.x11.wire.Authority;
import dev.deskpost.desktop.x11.wire.DisplayName;
import dev.deskpost.desktop.x11.wire.XServer;
import dev.deskpost.testing.VirtualDisplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at a display, one after the other and many at once. */
class LookoutTest {

    private static VirtualDisplay display;

    private final AtomicInteger connections = new AtomicInteger();

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

    private XServer connect(VirtualDisplay where) {
        connections.incrementAndGet();
        try {
            return XServer.connect(
                    DisplayName.parse(where.display()), Authority.read(where.authority()), Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Lookout lookout(VirtualDisplay where) {
        DisplayClaim none = new DisplayClaim(new LockDirectory(null, Path.of("/no-such-directory"), "nobody"));
        return new Lookout("x11", where.display(), () -> connect(where), none);
    }

    @Test
    void many_looks_need_one_connection() {
        try (Lookout lookout = lookout(display)) {
            for (int i = 0; i < 100; i++) {
                assertThat(lookout.status().available()).isTrue();
            }
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void many_may_look_at_once() {
        try (Lookout lookout = lookout(display)) {
            List<CompletableFuture<DesktopStatus>> looks = IntStream.range(0, 50)
                    .mapToObj(i -> CompletableFuture.supplyAsync(lookout::status))
                    .toList();
            assertThat(looks)
                    .allSatisfy(look -> assertThat(look.join().available()).isTrue());
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void a_look_is_never_older_than_the_question() {
        try (VirtualDisplay mortal = VirtualDisplay.start();
                Lookout lookout = lookout(mortal)) {
            assertThat(lookout.status().available()).isTrue();
            mortal.kill();
            assertThat(lookout.status().available()).isFalse();
            assertThat(lookout.status().reason()).contains("cannot connect");
        }
    }

    @Test
    void a_connection_that_broke_is_made_again_at_once() {
        try (Lookout lookout = lookout(display)) {
            assertThat(lookout.status().available()).isTrue();
            lookout.close();
            assertThat(lookout.status().available()).isTrue();
            assertThat(connections).hasValue(2);
        }
    }
}
