package dev.deskpost.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays a coding agent in a terminal that is in raw mode; {@code scripts/simulate-agent} starts it, by this one file
 * alone. A reader takes what is typed and pasted, and a second thread works on one prompt after the other, so that what
 * is submitted meanwhile waits, as it does with real agents.
 */
public final class SimulateAgent {

    private static final String HELP = """
            usage: scripts/simulate-agent --agent KIND [option]...

            Plays a coding agent in this terminal: shows a prompt, takes what is typed or pasted, and after Enter tells
            Deskpost so by the hooks of the agent it plays, with the script of docs/receipts. Ctrl+U empties the line,
            Ctrl+C ends.

              --agent KIND          claude-code, cursor, codex, gemini-cli, plain (a program with hooks of its own) or
                                    inbox (an agent that writes a file)
              --recipient ID        who this is to Deskpost; otherwise DESKPOST_RECIPIENT
              --url URL             where Deskpost answers; otherwise DESKPOST_URL, or http://127.0.0.1:8080
              --token-file FILE     holds the token; otherwise ~/.deskpost/token
              --http                with claude-code: POSTs by itself, as hooks of the type http do
              --inbox DIR           with inbox: where the file goes, RECEIVED_<message id>.md
              --title TITLE         the title of the window
              --delay SECONDS       from the prompt to its hook or file, such as 0.3; by default 0
              --busy SECONDS        from that hook to the one that says that the work is done; by default 0
              --permission-every N  shows at every Nth prompt a dialog that asks for a permission. Enter or y grants it
              --lose-head N         loses the first N characters of each prompt, --lose-tail N the last ones
              --silent              no hooks and no files
              --once                ends when the first prompt is done
              --log FILE            appends what happens, one JSON object a line: ready, prompt (text, epochMicros),
                                    hook (name, exit, output, millis), inbox (file), permission (answer), key, …

            Try it, with Deskpost running (java -jar target/deskpost.jar) on the desktop of this terminal:

              xterm -title Agent-1 -e scripts/simulate-agent --agent claude-code --recipient agent-1 &
              token=$(cat ~/.deskpost/token); api=http://127.0.0.1:8080/api/v1
              curl -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -X PUT $api/recipients/agent-1 \\
                -d '{"profile":"terminal","window":{"title":"^Agent-1$"},
                     "keys":{"paste":"shift+insert"},"confirmation":{"by":"receipt"}}'
              curl -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -H 'Prefer: wait=10' \\
                -d '{"recipient":"agent-1","content":"Hello"}' $api/messages
            """;

    private static final Pattern NAMED = Pattern.compile("\\[deskpost (msg_\\d{8}_\\d{6}_[0-9a-f]{8})]\\s*$");

    private final Options options;
    private final Journal journal;
    private final Screen screen;
    private final Hooks hooks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
    private final ExecutorService agent = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "agent");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean asking;
    private int prompts;

    private SimulateAgent(Options options) throws IOException {
        this.options = options;
        this.journal = new Journal(options.value("log"));
        this.screen = new Screen();
        this.hooks = new Hooks(options, journal);
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(HELP);
            return;
        }
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; --help says more");
            System.exit(2);
            return;
        }
        new SimulateAgent(options).run();
        System.exit(0);
    }

    private void run() throws Exception {
        screen.begin(options.value("title"));
        screen.line("This is a simulated " + options.agent() + ". Ctrl+C ends it.");
        Thread reader = new Thread(this::read, "terminal");
        reader.setDaemon(true);
        reader.start();
        journal.write("ready", Map.of());
        ended.await();
        screen.end();
    }

    private void read() {
        Keyboard keyboard = new Keyboard(this::onPaste, this::onKey);
        byte[] bytes = new byte[65536];
        try {
            for (int n = System.in.read(bytes); n >= 0; n = System.in.read(bytes)) {
                keyboard.take(bytes, n);
            }
        } catch (IOException e) {
            // The terminal is gone
        }
        ended.countDown();
    }

    private void onPaste(String text) {
        journal.write("pasted", Map.of("length", text.length(), "intoDialog", asking));
        if (!asking) {
            screen.input(screen.input() + text);
        }
    }

    private void onKey(String key) {
        if (key.equals("\u0003")) {
            ended.countDown();
        } else if (asking) {
            String answer = Map.of("\r", "enter", "y", "y", "n", "n", "\u001b", "escape")
                    .get(key);
            if (answer == null || !answers.offer(answer)) {
                journal.write("key", Map.of("char", key, "intoDialog", true));
            }
        } else if (key.equals("\r")) {
            submit(screen.input());
        } else if (key.equals("\u0015")) {
            screen.input("");
        } else if (key.equals("\u007f") && !screen.input().isEmpty()) {
            String line = screen.input();
            screen.input(line.substring(0, line.offsetByCodePoints(line.length(), -1)));
        } else {
            journal.write("key", Map.of("char", key));
            if (key.codePointAt(0) >= ' ' && key.codePointAt(0) != 0x7f) {
                screen.input(screen.input() + key);
            }
        }
    }

    private void submit(String line) {
        int head = Math.min(options.count("lose-head"), line.length());
        String prompt = line.substring(head, Math.max(head, line.length() - options.count("lose-tail")));
        screen.input("");
        if (prompt.isEmpty()) {
            journal.write("empty-submit", Map.of());
            return;
        }
        journal.write("prompt", Map.of("text", prompt));
        screen.line("> " + prompt.replace("\n", "\r\n  "));
        agent.execute(() -> {
            try {
                work(prompt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                journal.write("fault", Map.of("what", e.toString()));
                screen.line(e.toString());
            }
        });
    }

    private void work(String prompt) throws IOException, InterruptedException {
        prompts++;
        pause("delay");
        if (!options.has("silent")) {
            if (options.agent().equals("inbox")) {
                writeReceipt(prompt);
            } else {
                hooks.submitted(prompt, idIn(prompt));
            }
        }
        int every = options.count("permission-every");
        if (every > 0 && prompts % every == 0) {
            askForPermission();
        }
        pause("busy");
        screen.line("Done.");
        if (!options.has("silent")) {
            hooks.stopped(prompt);
        }
        if (options.has("once")) {
            ended.countDown();
        }
    }

    private void askForPermission() throws IOException, InterruptedException {
        screen.line("Run the command: rm -rf build?  [Enter, y: yes; n, Esc: no]");
        answers.clear();
        asking = true;
        journal.write("permission", Map.of("answer", "asked"));
        if (!options.has("silent")) {
            hooks.blocked();
        }
        String answer = answers.take();
        asking = false;
        journal.write("permission", Map.of("answer", answer));
        screen.line(answer.equals("enter") || answer.equals("y") ? "Approved." : "Refused.");
    }

    /** What the sentence in docs/receipts tells a real agent to do. */
    private void writeReceipt(String prompt) throws IOException {
        String id = idIn(prompt);
        if (id != null) {
            Path file = Path.of(options.value("inbox")).resolve("RECEIVED_" + id + ".md");
            Files.writeString(file, "Received " + id + "\n");
            journal.write("inbox", Map.of("file", file.toString()));
        }
    }

    private void pause(String option) throws InterruptedException {
        boolean over = ended.await(options.millis(option), TimeUnit.MILLISECONDS);
        if (over) {
            throw new InterruptedException("the terminal is gone");
        }
    }

    private static String idIn(String prompt) {
        Matcher named = NAMED.matcher(prompt);
        return named.find() ? named.group(1) : null;
    }

    /** The command line. */
    private record Options(Map<String, String> given) {

        private static final Set<String> AGENTS =
                Set.of("claude-code", "cursor", "codex", "gemini-cli", "plain", "inbox");
        private static final Set<String> SWITCHES = Set.of("http", "silent", "once");
        private static final Map<String, String> VALUES = Map.ofEntries(
                Map.entry("agent", String.join("|", AGENTS)),
                Map.entry("recipient", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
                Map.entry("url", "https?://.+"),
                Map.entry("token-file", ".+"),
                Map.entry("inbox", ".+"),
                Map.entry("title", "[^\\p{Cntrl}]*"),
                Map.entry("log", ".+"),
                Map.entry("delay", "\\d{1,5}(\\.\\d{1,3})?"),
                Map.entry("busy", "\\d{1,5}(\\.\\d{1,3})?"),
                Map.entry("permission-every", "\\d{1,6}"),
                Map.entry("lose-head", "\\d{1,6}"),
                Map.entry("lose-tail", "\\d{1,6}"));

        static Options of(String... arguments) {
            Map<String, String> given = new HashMap<>();
            for (int i = 0; i < arguments.length; i++) {
                String name = arguments[i].replaceFirst("^--", "");
                boolean option = arguments[i].startsWith("--");
                if (option && SWITCHES.contains(name)) {
                    given.put(name, "");
                } else if (option && VALUES.containsKey(name) && i + 1 < arguments.length) {
                    String value = arguments[++i];
                    if (!value.matches(VALUES.get(name))) {
                        throw new IllegalArgumentException("--" + name + " does not take " + value);
                    }
                    given.put(name, value);
                } else {
                    throw new IllegalArgumentException(
                            "What is " + arguments[i] + "? An option, or its value, is missing");
                }
            }
            String recipient = System.getenv("DESKPOST_RECIPIENT");
            if (recipient != null) {
                given.putIfAbsent("recipient", recipient);
            }
            Options options = new Options(given);
            options.check();
            return options;
        }

        private void check() {
            if (!has("agent")) {
                throw new IllegalArgumentException("--agent is missing");
            }
            if (agent().equals("inbox") ? !has("inbox") : !has("recipient")) {
                throw new IllegalArgumentException(
                        agent().equals("inbox") ? "--inbox is missing" : "--recipient is missing");
            }
            if (has("http") && !agent().equals("claude-code")) {
                throw new IllegalArgumentException("Only claude-code has hooks of the type http");
            }
        }

        boolean has(String name) {
            return given.containsKey(name);
        }

        String value(String name) {
            return given.get(name);
        }

        String agent() {
            return value("agent");
        }

        int count(String name) {
            return Integer.parseInt(given.getOrDefault(name, "0"));
        }

        long millis(String name) {
            return Math.round(Double.parseDouble(given.getOrDefault(name, "0")) * 1000);
        }
    }

    /** Makes texts and keys of a terminal's bytes: with bracketed paste on, a paste lies between two sequences. */
    private static final class Keyboard {

        private static final String BEGIN = "\u001b[200~";
        private static final String END = "\u001b[201~";
        /** CSI and SS3 sequences of keys (ECMA-48, 8.3); a lone escape is the key Esc. */
        private static final Pattern SEQUENCE = Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|O[@-~])?");

        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final Consumer<String> onPaste;
        private final Consumer<String> onKey;
        private final StringBuilder arrived = new StringBuilder();
        private byte[] halfCharacter = {};
        /** How much of a paste has been searched for its end. */
        private int searched;

        Keyboard(Consumer<String> onPaste, Consumer<String> onKey) {
            this.onPaste = onPaste;
            this.onKey = onKey;
        }

        void take(byte[] bytes, int length) {
            ByteBuffer in = ByteBuffer.allocate(halfCharacter.length + length)
                    .put(halfCharacter)
                    .put(bytes, 0, length)
                    .flip();
            CharBuffer out = CharBuffer.allocate(in.remaining());
            decoder.decode(in, out, false);
            halfCharacter = new byte[in.remaining()];
            in.get(halfCharacter);
            arrived.append(out.flip());
            int taken = next();
            while (taken > 0) {
                arrived.delete(0, taken);
                taken = next();
            }
        }

        /** Reports the first paste or key of what arrived, and returns its length; 0 if there is none, or half of one. */
        private int next() {
            if (arrived.length() == 0) {
                return 0;
            }
            if (arrived.indexOf(BEGIN) == 0) {
                int end = arrived.indexOf(END, Math.max(BEGIN.length(), searched));
                searched = end < 0 ? arrived.length() - END.length() : 0;
                if (end < 0) {
                    return 0;
                }
                // Terminals send the line breaks of a paste as the Enter key would
                onPaste.accept(arrived.substring(BEGIN.length(), end)
                        .replace("\r\n", "\n")
                        .replace('\r', '\n'));
                return end + END.length();
            }
            if (arrived.length() > 1 && BEGIN.startsWith(arrived.toString())) {
                return 0;
            }
            Matcher sequence = SEQUENCE.matcher(arrived);
            int length = sequence.lookingAt() ? sequence.end() : Character.charCount(Character.codePointAt(arrived, 0));
            onKey.accept(arrived.substring(0, length));
            return length;
        }
    }

    /** The terminal: lines, and below them the input. In raw mode a line break does not go back to the left edge. */
    private static final class Screen {

        private static final int SHOWN = 60;

        private String input = "";

        synchronized void begin(String title) {
            print((title == null ? "" : "\u001b]0;" + title + '\u0007') + "\u001b[?2004h");
        }

        synchronized void line(String text) {
            print("\r\u001b[K" + text + "\r\n" + prompt());
        }

        synchronized String input() {
            return input;
        }

        synchronized void input(String text) {
            input = text;
            print(prompt());
        }

        synchronized void end() {
            print("\u001b[?2004l\r\n");
        }

        private String prompt() {
            String tail = input.substring(Math.max(0, input.length() - SHOWN));
            return "\r\u001b[K> " + tail.replaceAll("\\s", " ");
        }

        private static void print(String text) {
            System.out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }

    /** JSON lines, each written before the screen shows any reaction. */
    private static final class Journal {

        private final OutputStream file;

        Journal(String path) throws IOException {
            file = path == null
                    ? OutputStream.nullOutputStream()
                    : Files.newOutputStream(Path.of(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        void write(String event, Map<String, ?> fields) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", event);
            line.putAll(fields);
            line.put("epochMicros", ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            try {
                file.write((json(line) + '\n').getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What each agent says at which moment, and how it comes to Deskpost. Cursor has no hook for its questions. */
    private static final class Hooks {

        private static final String SESSION = "5f0c1f0e-7d7c-4d0e-9a55-000000000001";

        private final Options options;
        private final Journal journal;
        private final String cwd = System.getProperty("user.dir");
        private int turn;

        Hooks(Options options, Journal journal) {
            this.options = options;
            this.journal = journal;
        }

        void submitted(String prompt, String id) throws IOException, InterruptedException {
            turn++;
            switch (options.agent()) {
                case "claude-code", "codex" -> fire("UserPromptSubmit", "prompt", prompt);
                case "cursor" -> fire("beforeSubmitPrompt", "prompt", prompt, "attachments", List.of());
                case "gemini-cli" -> fire("BeforeAgent", "prompt", prompt);
                default -> {
                    if (id != null) {
                        fire("received", "messageId", id);
                    }
                    fire("busy");
                }
            }
        }

        void blocked() throws IOException, InterruptedException {
            Map<String, String> command = Map.of("command", "rm -rf build");
            switch (options.agent()) {
                case "claude-code" -> {
                    fire("PermissionRequest", "tool_name", "Bash", "tool_input", command);
                    fire(
                            "Notification",
                            "message",
                            "Claude needs your permission to use Bash",
                            "notification_type",
                            "permission_prompt");
                }
                case "codex" -> fire("PermissionRequest", "tool_name", "Bash", "tool_input", command);
                case "gemini-cli" ->
                    fire(
                            "Notification",
                            "notification_type",
                            "ToolPermission",
                            "message",
                            "Tool run_shell_command requires execution",
                            "details",
                            Map.of("type", "exec", "command", "rm -rf build"));
                case "plain" -> fire("blocked");
                default -> {}
            }
        }

        void stopped(String prompt) throws IOException, InterruptedException {
            switch (options.agent()) {
                case "claude-code", "codex" ->
                    fire("Stop", "stop_hook_active", false, "last_assistant_message", "Done.");
                case "cursor" -> fire("stop", "status", "completed", "loop_count", 0);
                case "gemini-cli" ->
                    fire("AfterAgent", "prompt", prompt, "prompt_response", "Done.", "stop_hook_active", false);
                case "plain" -> fire("idle");
                default -> {}
            }
        }

        private void fire(String name, Object... fields) throws IOException, InterruptedException {
            Map<String, Object> body = common(name);
            for (int i = 0; i < fields.length; i += 2) {
                body.put((String) fields[i], fields[i + 1]);
            }
            byte[] event = json(body).getBytes(StandardCharsets.UTF_8);
            long start = System.nanoTime();
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("name", name);
            if (options.has("http")) {
                post(event, outcome);
            } else {
                runScript(event, outcome);
            }
            outcome.put("millis", (System.nanoTime() - start) / 1_000_000);
            journal.write("hook", outcome);
        }

        private Map<String, Object> common(String name) {
            Map<String, Object> body = new LinkedHashMap<>();
            String turnId = SESSION + '-' + turn;
            switch (options.agent()) {
                case "plain" -> body.put("event", name);
                case "cursor" -> {
                    body.put("conversation_id", SESSION);
                    body.put("generation_id", turnId);
                    body.put("hook_event_name", name);
                    body.put("cursor_version", "2.4.0");
                    body.put("workspace_roots", List.of(cwd));
                }
                default -> {
                    body.put("session_id", SESSION);
                    body.put("transcript_path", cwd + "/transcript.jsonl");
                    body.put("cwd", cwd);
                    if (options.agent().equals("gemini-cli")) {
                        body.put(
                                "timestamp",
                                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
                    } else {
                        body.put("permission_mode", "default");
                    }
                    body.put("hook_event_name", name);
                    if (options.agent().equals("codex")) {
                        body.put("turn_id", turnId);
                        body.put("model", "gpt-5-codex");
                    }
                }
            }
            return body;
        }

        private void runScript(byte[] event, Map<String, Object> outcome) throws IOException, InterruptedException {
            ProcessBuilder hook = new ProcessBuilder(
                    "sh",
                    System.getProperty("deskpost.receipts", "docs/receipts") + "/deskpost-hook.sh",
                    options.agent(),
                    options.value("recipient"));
            Map<String, String> environment = hook.environment();
            if (options.has("url")) {
                environment.put("DESKPOST_URL", options.value("url"));
            }
            if (options.has("token-file")) {
                environment.put("DESKPOST_TOKEN_FILE", options.value("token-file"));
            }
            // Real agents work for seconds. Here the end of the work could overtake its beginning
            environment.put("DESKPOST_HOOK_WAIT", "1");
            Process process = hook.redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(event);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            outcome.put("exit", process.waitFor());
            outcome.put("output", output);
        }

        private void post(byte[] event, Map<String, Object> outcome) throws IOException {
            String url = firstOf(options.value("url"), System.getenv("DESKPOST_URL"), "http://127.0.0.1:8080");
            String home = firstOf(System.getenv("DESKPOST_HOME"), System.getProperty("user.home") + "/.deskpost");
            Path tokenFile = Path.of(
                    firstOf(options.value("token-file"), System.getenv("DESKPOST_TOKEN_FILE"), home + "/token"));
            HttpURLConnection connection = (HttpURLConnection) URI.create(
                            url.replaceFirst("/$", "") + "/api/v1/recipients/" + options.value("recipient") + "/hooks")
                    .toURL()
                    .openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(2_000);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty(
                    "Authorization", "Bearer " + Files.readString(tokenFile).trim());
            try (OutputStream out = connection.getOutputStream()) {
                out.write(event);
                out.flush();
                outcome.put("status", connection.getResponseCode());
            } catch (IOException e) {
                outcome.put("status", e.toString());
            }
        }

        private static String firstOf(String... values) {
            return Stream.of(values)
                    .filter(value -> value != null && !value.isEmpty())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ':' + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SimulateAgent::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof String text) {
            StringBuilder quoted = new StringBuilder("\"");
            text.chars().forEach(c -> {
                boolean plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7f && !Character.isSurrogate((char) c);
                quoted.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
            });
            return quoted.append('"').toString();
        }
        return String.valueOf(value);
    }
}
