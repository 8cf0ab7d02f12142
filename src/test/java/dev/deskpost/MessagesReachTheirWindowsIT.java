package dev.deskpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.delivery.AttemptFinished;
import dev.deskpost.delivery.DeliveryOutcome;
import dev.deskpost.testing.ChatWindowsProcess;
import dev.deskpost.testing.DeskpostClient;
import dev.deskpost.testing.VirtualDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;

/** The whole way: HTTP, queue, executor, X server, window manager, windows of another process, and what those recorded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesReachTheirWindowsIT {

    private static final int SENDERS = 10;
    private static final int MESSAGES = 100;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String[] NAMES =
            IntStream.rangeClosed(1, 8).mapToObj(i -> "agent-" + i).toArray(String[]::new);

    private VirtualDisplay display;
    private ChatWindowsProcess windows;
    private ConfigurableApplicationContext service;
    private DeskpostClient client;

    /** Hears how long each attempt took, from before the claim until after the commit of its outcome. */
    static class Stopwatch {
        private final ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();

        @EventListener
        void on(AttemptFinished attempt) {
            times.add(attempt.took());
            if (!(attempt.outcome() instanceof DeliveryOutcome.Delivered)) {
                System.out.println("not delivered at once: " + attempt);
            }
        }
    }

    @BeforeAll
    void start_everything(@TempDir Path home) {
        VirtualDisplay.assumeAvailable();
        display = VirtualDisplay.start();
        windows = ChatWindowsProcess.open(display, NAMES);
        service = new SpringApplicationBuilder(DeskpostApplication.class, Stopwatch.class)
                .run(
                        "--deskpost.home=" + home,
                        "--server.port=0",
                        "--deskpost.desktop.display=" + display.display(),
                        "--deskpost.desktop.authority=" + display.authority());
        client = new DeskpostClient(
                service.getEnvironment().getRequiredProperty("local.server.port", Integer.class), home);
        for (String name : NAMES) {
            client.put("/recipients/" + name, """
                    {"window":{"title":"^%s$"},"input":{"x":40,"y":-20}}
                    """.formatted(name));
        }
    }

    @AfterAll
    void stop_everything() {
        if (service != null) {
            service.close();
        }
        if (windows != null) {
            windows.close();
        }
        if (display != null) {
            display.close();
        }
    }

    @Test
    void each_once_and_each_in_its_window_whatever_the_text() throws Exception {
        assertOnceEachInItsWindow(send("any text", MESSAGES, MessagesReachTheirWindowsIT::anyText));
        // Swing itself needs 300 ms for some of the texts of 32 KiB: how quick Deskpost is, short ones tell.
        assertOnceEachInItsWindow(send("short texts", MESSAGES, MessagesReachTheirWindowsIT::shortText));
        assertOnceEachInItsWindow(send("warmed up", 3 * MESSAGES, MessagesReachTheirWindowsIT::shortText));
    }

    /** What was sent to whom. */
    private record Sent(String run, Map<String, List<String>> textsByRecipient, List<String> ids) {}

    private Sent send(String run, int count, IntFunction<String> content) throws Exception {
        Stopwatch stopwatch = service.getBean(Stopwatch.class);
        stopwatch.times.clear();
        Map<String, List<String>> texts = new HashMap<>();
        List<Future<String>> posted = new ArrayList<>();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            for (int i = 0; i < count; i++) {
                String recipient = NAMES[i % NAMES.length];
                String text = run + " " + i + ": " + content.apply(i);
                texts.computeIfAbsent(recipient, name -> new ArrayList<>()).add(text);
                posted.add(senders.submit(() -> client.send(recipient, text)));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> one : posted) {
                ids.add(one.get());
            }
            await().atMost(LIMIT).until(this::nothingIsOnItsWay);
            report(run, stopwatch.times.stream().sorted().toList());
            return new Sent(run, texts, ids);
        } finally {
            senders.shutdownNow();
        }
    }

    private boolean nothingIsOnItsWay() {
        JsonNode queue = client.get("/queue");
        return queue.get("pending").asInt() + queue.get("processing").asInt() == 0;
    }

    private static String anyText(int i) {
        return i % 5 == 0 ? "0123456789abcdef\n".repeat(32 * 1024 / 17) : shortText(i);
    }

    private static String shortText(int i) {
        return switch (i % 4) {
            case 0 -> "é ü ñ, 中文字, 🚀👩‍🚀, שלום עולם, مرحبا";
            case 1 -> "several\nlines\n\n\twith a tab and a trailing blank ";
            case 2 -> "{\"json\": \"$(rm -rf /) `x` \\\\ %s\"}";
            default -> "plain";
        };
    }

    private void assertOnceEachInItsWindow(Sent sent) {
        // A window may still be working on its last Enter when the proof for it is already there.
        await().atMost(LIMIT)
                .until(() -> Stream.of(NAMES)
                                .mapToLong(name -> recorded(sent.run(), name).size())
                                .sum()
                        >= sent.ids().size());
        int right = 0;
        int wrong = 0;
        int duplicate = 0;
        int stray = 0;
        int lost = 0;
        for (String name : NAMES) {
            List<String> expected = sent.textsByRecipient().get(name);
            List<String> got = recorded(sent.run(), name);
            for (String text : expected) {
                int times = (int) got.stream().filter(text::equals).count();
                right += times > 0 ? 1 : 0;
                lost += times == 0 ? 1 : 0;
                duplicate += Math.max(0, times - 1);
            }
            wrong += (int) got.stream().filter(text -> !expected.contains(text)).count();
            stray += windows.strayKeys(name).size() + windows.emptySubmits(name);
        }
        System.out.printf(
                "%s: right %d, wrong %d, duplicate %d, stray keys %d, lost %d%n",
                sent.run(), right, wrong, duplicate, stray, lost);
        assertThat(new int[] {right, wrong, duplicate, stray, lost})
                .as("right, wrong, duplicate, stray, lost")
                .containsExactly(sent.ids().size(), 0, 0, 0, 0);
        assertThat(sent.ids()).extracting(id -> client.message(id)).allSatisfy(message -> {
            assertThat(message.get("state").asString()).isEqualTo("DELIVERED");
            assertThat(message.get("evidence").asString()).isEqualTo("PASTE");
            assertThat(message.get("attempts").asInt()).isEqualTo(1);
        });
    }

    private List<String> recorded(String run, String name) {
        return windows.submitted(name).stream()
                .filter(text -> text.startsWith(run + " "))
                .toList();
    }

    private static void report(String run, List<Duration> sorted) {
        System.out.printf(
                "%s: %d attempts, claim to recorded: median %.1f ms, 99th percentile %.1f ms%n",
                run, sorted.size(), millis(sorted, 0.5), millis(sorted, 0.99));
    }

    private static double millis(List<Duration> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }
}
