package dev.deskpost.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Stack;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a message, once, and waits for what becomes of it if that is wanted. */
@Command(
        name = "send",
        description = "Sends a message and prints its id.",
        footer = {
            "",
            "The text is the argument, or --file, or else what comes on standard input (also with '-'), of which one last"
                    + " line break is dropped. A text that begins with a dash stands behind '--'.",
            "TIME is like 2026-11-21T19:10:00Z or 2026-11-21T20:10+01:00, or a time from now: +30s, +10m, +2h, +1d.",
            "If the connection breaks, the same call is made again with the same Idempotency-Key, so that the message is"
                    + " sent once.",
            "With --wait it ends with 0 only if the message was DELIVERED, and whole."
        },
        sortOptions = false)
final class SendCommand implements Callable<Integer> {

    private static final String WAIT_BY_ITSELF = "60";
    private static final int LONGEST_WAIT = 86_400;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    @Parameters(index = "0", paramLabel = "RECIPIENT", description = "The id of the recipient.")
    private String recipient = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "What to send; '-' is standard input.")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "Send the text of this file, in UTF-8.")
    private @Nullable Path file;

    @Option(names = "--priority", paramLabel = "PRIORITY", description = "urgent, high or normal.")
    private @Nullable String priority;

    @Option(names = "--sender", paramLabel = "NAME", description = "Who sends it.")
    private @Nullable String sender;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            preprocessor = ValueOnlyBehindEqualsSign.class,
            description =
                    "Wait until the message is final; --wait=SECONDS for how long, by default " + WAIT_BY_ITSELF + ".")
    private int wait;

    @Option(names = "--deliver-after", paramLabel = "TIME", description = "Not before.")
    private @Nullable String deliverAfter;

    @Option(names = "--expires-at", paramLabel = "TIME", description = "Not after.")
    private @Nullable String expiresAt;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key again sends nothing again. By default a new one each time.")
    private @Nullable String idempotencyKey;

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    /** Otherwise {@code send --wait agent-2 hello} would wait for agent-2 seconds. */
    static final class ValueOnlyBehindEqualsSign implements IParameterPreprocessor {

        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> information) {
            if (!"=".equals(information.get("separator"))) {
                arguments.push(WAIT_BY_ITSELF);
            }
            return false;
        }
    }

    @Override
    public Integer call() {
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw options.usage("--wait must be 0 to " + LONGEST_WAIT + " seconds");
        }
        if (idempotencyKey != null && !KEY.matcher(idempotencyKey).matches()) {
            throw options.usage("--idempotency-key must be 1 to 255 visible ASCII characters without blanks");
        }
        String body = Json.write(message());
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        Service service = options.service();
        Reply reply = new Sending(service, new Backoff()).send(body, key);
        if (wait > 0 && !Outcome.isFinal(reply.fields())) {
            options.terminal()
                    .remark("deskpost: " + reply.fields().text("id", "?") + " is accepted; waiting up to " + wait
                            + " s");
            reply = new Outcome(service, new Backoff()).await(reply, Duration.ofSeconds(wait));
        }
        return tell(reply);
    }

    private Map<String, String> message() {
        Instant now = Instant.now();
        Map<String, String> message = new LinkedHashMap<>();
        message.put("recipient", Typed.argument(recipient));
        message.put("content", Typed.text(text, file, options));
        put(message, "sender", sender == null ? null : Typed.argument(sender));
        put(message, "priority", priority);
        put(message, "deliverAfter", time("--deliver-after", deliverAfter, now));
        put(message, "expiresAt", time("--expires-at", expiresAt, now));
        return message;
    }

    private static void put(Map<String, String> message, String field, @Nullable String value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    private @Nullable String time(String option, @Nullable String given, Instant now) {
        if (given == null) {
            return null;
        }
        return Typed.time(given, now)
                .orElseThrow(() -> options.usage(option + " must be like 2026-11-21T19:10:00Z, or +10m from now"))
                .toString();
    }

    private int tell(Reply reply) {
        Fields message = reply.fields();
        if (options.json()) {
            options.terminal().json(reply.body());
        } else {
            MessageLines.of(message).forEach(options.terminal()::line);
        }
        boolean whole = message.text("verdict").isEmpty();
        boolean delivered = message.text("state", "").equals("DELIVERED") && whole;
        return wait == 0 || delivered ? ExitCodes.OK : ExitCodes.BAD_NEWS;
    }
}
