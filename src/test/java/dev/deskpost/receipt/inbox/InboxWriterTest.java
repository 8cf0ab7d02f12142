package dev.deskpost.receipt.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deskpost.receipt.inbox.InboxWriter.AlreadyThere;
import dev.deskpost.receipt.inbox.InboxWriter.NotWritten;
import dev.deskpost.receipt.inbox.InboxWriter.Result;
import dev.deskpost.receipt.inbox.InboxWriter.Written;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxWriterTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-21T19:05:00.123456Z");
    private static final String ID = "msg_20261121_190500_1a2b3c4d";
    private static final String NAME = "MESSAGE_20261121_190500_" + ID + ".md";

    @TempDir
    Path root;

    private final InboxWriter writer = new InboxWriter(Duration.ofMinutes(10));
    private InboxFolder folder;
    private Path inbox;

    @BeforeEach
    void set_up() {
        folder = (InboxFolder) new InboxFolders(root).find("agent");
        inbox = root.resolve("agent");
    }

    @Test
    void writes_the_header_of_the_first_system_and_the_content_as_it_is() throws IOException {
        Result result = writer.write(folder, letter(ID, "Please review\n\n# PR 17 ü 🦆\n"));
        Path file = inbox.toRealPath().resolve(NAME);
        assertThat(result).isEqualTo(new Written(file));
        assertThat(file)
                .hasContent("# Message Delivery Confirmation\n\n"
                        + "**Message ID:** msg_20261121_190500_1a2b3c4d\n"
                        + "**Recipient:** agent\n"
                        + "**Timestamp:** 2026-11-21T19:05:00.123456Z\n\n"
                        + "---\n\n"
                        + "Please review\n\n# PR 17 ü 🦆\n");
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void finds_its_own_file_again() {
        Path file = ((Written) writer.write(folder, letter(ID, "hello"))).file();
        assertThat(writer.write(folder, letter(ID, "hello"))).isEqualTo(new AlreadyThere(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello!", "hellO", ""})
    void never_overwrites_a_file_with_another_content(String other) throws IOException {
        writer.write(folder, letter(ID, other));
        String before = Files.readString(inbox.resolve(NAME));
        assertThat(writer.write(folder, letter(ID, "hello"))).isInstanceOf(NotWritten.class);
        assertThat(inbox.resolve(NAME)).hasContent(before);
        assertThat(names()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkdir", "mkfifo", "ln -s /etc/hostname", "ln -s /nowhere"})
    void leaves_alone_what_is_no_file_in_the_place_of_its_own(String make) throws Exception {
        Files.createDirectory(inbox);
        List<String> command = new ArrayList<>(List.of(make.split(" ")));
        command.add(NAME);
        assertThat(new ProcessBuilder(command).directory(inbox.toFile()).start().waitFor())
                .isZero();
        assertThat(writer.write(folder, letter(ID, "hello"))).isInstanceOf(NotWritten.class);
        assertThat(names()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../../etc/x", "/etc/x", "a/b", "a\0b", "a\nb", "ü", "a.b", "*"})
    void names_no_file_after_an_id_that_is_none(String id) throws IOException {
        assertThat(writer.write(folder, letter(id, "hello"))).isInstanceOf(NotWritten.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void names_no_file_after_a_time_that_has_no_four_digit_year() {
        for (Instant time : List.of(Instant.MAX, Instant.MIN, Instant.parse("+10000-01-01T00:00:00Z"))) {
            assertThat(writer.write(folder, new InboxLetter(ID, "agent", "me", "normal", time, "hello")))
                    .isInstanceOf(NotWritten.class);
        }
    }

    @Test
    void lets_no_value_break_the_header() throws IOException {
        String hostile = "a\n# b\r\n---\u0085c\u2028d\u2029e\u0000f\u001b[2Jg\u202eh\ud800i\n\n";
        writer.write(folder, new InboxLetter(ID, hostile, hostile, hostile, ACCEPTED, "hello"));
        assertThat(Files.readAllLines(inbox.resolve(NAME)))
                .containsExactly(
                        "# Message Delivery Confirmation",
                        "",
                        "**Message ID:** " + ID,
                        "**Recipient:** a # b --- c d e f [2Jg h i",
                        "**Timestamp:** 2026-11-21T19:05:00.123456Z",
                        "",
                        "---",
                        "",
                        "hello");
    }

    @Test
    void writes_nothing_into_a_folder_that_leads_out() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        InboxFolders inner = new InboxFolders(root.resolve("inner"));
        Files.createDirectory(root.resolve("inner"));
        Files.createSymbolicLink(root.resolve("inner/agent"), outside);
        assertThat(writer.write((InboxFolder) inner.find("agent"), letter(ID, "hello")))
                .isInstanceOfSatisfying(
                        NotWritten.class, not -> assertThat(not.reason()).contains("leads out"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void gives_no_name_in_a_folder_that_is_swapped_while_it_writes() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        InboxWriter late = new InboxWriter(Duration.ofMinutes(10), (name, existing) -> {
            Files.move(inbox, root.resolve("moved"));
            Files.createSymbolicLink(inbox, outside);
            Files.createLink(name, existing);
        });
        assertThat(late.write(folder, letter(ID, "hello"))).isInstanceOf(NotWritten.class);
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("moved")).isEmptyDirectory();
    }

    @Test
    void says_that_it_has_no_permission() {
        InboxFolder kernel = (InboxFolder) new InboxFolders(Path.of("/sys")).find("kernel"); // Not even root may
        assertThat(writer.write(kernel, letter(ID, "hello")))
                .isInstanceOfSatisfying(
                        NotWritten.class,
                        not -> assertThat(not.reason())
                                .containsAnyOf("no permission", "Read-only")
                                .doesNotContain("\n"));
    }

    @Test
    void clears_away_what_killed_writers_left_and_nothing_else() throws IOException {
        Files.createDirectory(inbox);
        Path left = temporary(".deskpost-0123456789abcdef.tmp", Duration.ofMinutes(11));
        List<Path> kept = List.of(
                temporary(".deskpost-fedcba9876543210.tmp", Duration.ofMinutes(9)),
                temporary(".deskpost-0123456789ABCDEF.tmp", Duration.ofDays(1)),
                temporary(".deskpost-0123456789abcdef.tmp.md", Duration.ofDays(1)),
                temporary(".deskpost-0123456789abcde.tmp", Duration.ofDays(1)),
                temporary("deskpost-0123456789abcdef.tmp", Duration.ofDays(1)));
        Path target = temporary("target", Duration.ofDays(1));
        Path link = Files.createSymbolicLink(inbox.resolve(".deskpost-0000000000000000.tmp"), target);
        Path directory = Files.createDirectory(inbox.resolve(".deskpost-1111111111111111.tmp"));
        Files.setLastModifiedTime(directory, FileTime.from(Instant.EPOCH));

        assertThat(writer.write(folder, letter(ID, "hello"))).isInstanceOf(Written.class);
        assertThat(left).doesNotExist();
        assertThat(kept).allMatch(Files::exists);
        assertThat(List.of(target, link, directory)).allMatch(Files::exists);
    }

    @Test
    void is_one_of_many_writers_and_only_one_writes() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            CyclicBarrier together = new CyclicBarrier(writers);
            for (int round = 0; round < 50; round++) {
                InboxLetter letter = letter("msg_" + round, "hello ".repeat(1000));
                List<Callable<Result>> tasks = Stream.<Callable<Result>>generate(() -> () -> {
                            together.await(10, TimeUnit.SECONDS);
                            return new InboxWriter(Duration.ofMinutes(10)).write(folder, letter);
                        })
                        .limit(writers)
                        .toList();
                List<Result> results = new ArrayList<>();
                for (Future<Result> each : threads.invokeAll(tasks)) {
                    results.add(each.get());
                }
                assertThat(results.stream().filter(Written.class::isInstance)).hasSize(1);
                assertThat(results.stream().filter(AlreadyThere.class::isInstance))
                        .hasSize(writers - 1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).hasSize(50).allMatch(name -> name.startsWith("MESSAGE_"));
    }

    @Nested
    class Where_there_are_no_hard_links {

        private final InboxWriter renaming = new InboxWriter(Duration.ofMinutes(10), (name, existing) -> {
            throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
        });

        @Test
        void renames_and_still_overwrites_nothing_that_it_sees() throws IOException {
            Path file = inbox.resolve(NAME);
            assertThat(renaming.write(folder, letter(ID, "hello"))).isInstanceOf(Written.class);
            assertThat(renaming.write(folder, letter(ID, "hello"))).isInstanceOf(AlreadyThere.class);
            assertThat(renaming.write(folder, letter(ID, "other"))).isInstanceOf(NotWritten.class);
            assertThat(file).content(UTF_8).endsWith("hello");
            assertThat(names()).containsExactly(NAME);
        }

        @Test
        void looks_once_more_before_it_renames() throws IOException {
            InboxWriter overtaken = new InboxWriter(Duration.ofMinutes(10), (name, existing) -> {
                Files.writeString(name, "somebody else's");
                throw new UnsupportedOperationException();
            });
            assertThat(overtaken.write(folder, letter(ID, "hello"))).isInstanceOf(NotWritten.class);
            assertThat(inbox.resolve(NAME)).hasContent("somebody else's");
            assertThat(names()).containsExactly(NAME);
        }
    }

    @Nested
    class As_a_process {

        @Test
        void leaves_no_half_file_when_it_is_killed() throws Exception {
            int size = 2_000_000;
            int first = 0;
            int leftBehind = 0;
            for (int round = 0; round < 6; round++) {
                Process process = start("exec \"$@\"", first, size);
                int begun = first;
                int delay = round * 3;
                await().pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> count(".md") > begun + delay);
                process.destroyForcibly();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                int last = count(".md");
                for (int number = first; number < last; number++) {
                    InboxLetter letter = WritingProcess.letter(number, size);
                    assertThat(Files.readString(
                                    inbox.resolve(InboxNames.ofLetter(letter).orElseThrow())))
                            .isEqualTo(letter.text());
                }
                leftBehind += count(".tmp");
                Result again = writer.write(folder, WritingProcess.letter(last - 1, size));
                assertThat(again).isInstanceOf(AlreadyThere.class);
                first = last;
            }
            Files.setLastModifiedTime(inbox, FileTime.from(Instant.now()));
            new InboxWriter(Duration.ZERO).write(folder, WritingProcess.letter(first, size));
            assertThat(count(".tmp"))
                    .as("of %s files that were cut off", leftBehind)
                    .isZero();
        }

        @Test
        void says_why_when_the_disk_takes_no_more() throws Exception {
            Process process = start("ulimit -f 64; exec \"$@\"", 0, 1_000_000); // setrlimit(2): EFBIG in the middle
            String told = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(told).startsWith("NotWritten").contains("File too large");
            assertThat(names()).isEmpty();
        }

        private Process start(String shell, int first, int size) throws IOException {
            return new ProcessBuilder(
                            "bash",
                            "-c",
                            shell,
                            "bash",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-XX:-UsePerfData",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WritingProcess.class.getName(),
                            root.toString(),
                            Integer.toString(first),
                            Integer.toString(size))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        private int count(String ending) throws IOException {
            return (int) names().stream().filter(name -> name.endsWith(ending)).count();
        }
    }

    private Path temporary(String name, Duration age) throws IOException {
        Path file = Files.createFile(inbox.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }

    private List<String> names() throws IOException {
        if (!Files.exists(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static InboxLetter letter(String id, String content) {
        return new InboxLetter(id, "agent", "discord:alice", "high", ACCEPTED, content);
    }
}
