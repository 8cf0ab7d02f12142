package dev.deskpost.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has messages tried again: some by their ids, or all that have something in common. */
@Command(
        name = "retry",
        description = "Has FAILED or UNCONFIRMED messages tried again: those with these ids, or all that match.",
        footer = {
            "",
            "An UNCONFIRMED message may have arrived: look at the window first, or it may come twice.",
            "Ends with 3 if the service refused one of several ids; the others are tried again."
        },
        sortOptions = false)
final class RetryCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of messages.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all-failed", description = "All FAILED ones; the same as --state=FAILED.")
    private boolean allFailed;

    @Option(names = "--state", paramLabel = "STATE", description = "FAILED (default) or UNCONFIRMED.")
    private @Nullable String state;

    @Option(names = "--recipient", paramLabel = "ID", description = "Only for this recipient.")
    private @Nullable String recipient;

    @Option(names = "--sender", paramLabel = "NAME", description = "Only from this sender.")
    private @Nullable String sender;

    @Option(names = "--failure-code", paramLabel = "CODE", description = "Only with this failure: WINDOW_NOT_FOUND.")
    private @Nullable String failureCode;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "At most so many, by default 1000.")
    private @Nullable Integer limit;

    @Option(names = "--dry-run", description = "Only say how many match.")
    private boolean dryRun;

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Override
    public Integer call() {
        boolean filtered = allFailed || state != null || recipient != null || sender != null || failureCode != null;
        if (!ids.isEmpty() && (filtered || limit != null || dryRun)) {
            throw options.usage("either ids or a filter");
        }
        if (ids.isEmpty() && !filtered) {
            throw options.usage(
                    "which ones? Give ids, or --all-failed, --state, --recipient, --sender or --failure-code");
        }
        if (allFailed && state != null && !state.equalsIgnoreCase("FAILED")) {
            throw options.usage("--all-failed and --state=" + state + " contradict each other");
        }
        return ids.isEmpty() ? byFilter() : byId();
    }

    private int byId() {
        Service service = options.service();
        boolean refused = false;
        for (String id : ids) {
            Reply reply = service.tryPost("/api/v1/messages/" + Service.encoded(id) + "/retry", "");
            refused |= !reply.isGood();
            if (!reply.isGood()) {
                options.terminal().remark(id + "  refused: " + reply.problem());
            } else if (options.json()) {
                options.terminal().json(reply.body());
            } else {
                MessageLines.of(reply.fields()).forEach(options.terminal()::line);
            }
        }
        return refused ? ExitCodes.REFUSED : ExitCodes.OK;
    }

    private int byFilter() {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("state", state == null ? "FAILED" : state.toUpperCase(Locale.ROOT));
        put(filter, "recipient", recipient == null ? null : Typed.argument(recipient));
        put(filter, "sender", sender == null ? null : Typed.argument(sender));
        put(filter, "failureCode", failureCode);
        put(filter, "limit", limit);
        put(filter, "dryRun", dryRun);
        Service service = options.service();
        Reply reply = service.accepted(service.tryPost("/api/v1/messages/retry", Json.write(filter)));
        if (options.json()) {
            options.terminal().json(reply.body());
        } else {
            tell(reply.fields());
        }
        return ExitCodes.OK;
    }

    private void tell(Fields result) {
        long matched = result.number("matched");
        String match = matched + (matched == 1 ? " matches" : " match");
        options.terminal()
                .line(
                        result.flag("dryRun", false)
                                ? match + ", nothing was changed"
                                : match + ", " + result.number("retried") + " will be tried again");
        if (result.flag("more", false)) {
            options.terminal().line("There are more: run it again, or with a larger --limit");
        }
    }

    private static void put(Map<String, Object> filter, String field, @Nullable Object value) {
        if (value != null) {
            filter.put(field, value);
        }
    }
}
