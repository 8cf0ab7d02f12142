package dev.deskpost.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happens, as it happens. */
@Command(
        name = "tail",
        description = "Prints what happens, as it happens, until Ctrl-C (130). Connects again by itself.",
        footer = {
            "",
            "Types: message, step, receipt, recipient, station, alert. Without --types all are shown but step.",
            "With --json each line is {\"event\":…,\"id\":…,\"data\":…}."
        },
        sortOptions = false)
final class TailCommand implements Callable<Integer> {

    @Option(names = "--recipient", paramLabel = "ID", description = "Only what concerns this recipient.")
    private @Nullable String recipient;

    @Option(names = "--state", paramLabel = "STATE", description = "Only messages that come into this state.")
    private @Nullable String state;

    @Option(names = "--types", paramLabel = "TYPE", split = ",", description = "Only these types of events.")
    private List<String> types = new ArrayList<>();

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Override
    public Integer call() {
        Service service = options.service();
        Terminal terminal = options.terminal();
        EventLines lines = new EventLines(ZoneId.systemDefault());
        terminal.remark("deskpost: following " + service.base() + "; Ctrl-C ends it");
        new Following(service, path(), terminal, Following.SILENCE).run(event -> {
            if (isWanted(event)) {
                if (options.json()) {
                    terminal.json(json(event));
                } else {
                    terminal.line(lines.of(event));
                }
            }
        });
        return ExitCodes.OK;
    }

    private String path() {
        List<String> query = new ArrayList<>();
        if (!types.isEmpty()) {
            query.add("types=" + Service.encoded(String.join(",", types)));
        } else if (state != null) {
            query.add("types=message");
        }
        if (recipient != null) {
            query.add("recipient=" + Service.encoded(Typed.argument(recipient)));
        }
        return "/api/v1/events" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private boolean isWanted(Event event) {
        if (event.type().equals("reset")) {
            return true; // What was missed may be what is wanted.
        }
        if (state != null) {
            return event.type().equals("message")
                    && Fields.parse(event.data())
                            .flatMap(data -> data.text("state"))
                            .filter(state.toUpperCase(Locale.ROOT)::equals)
                            .isPresent();
        }
        return !types.isEmpty() || !event.type().equals("step");
    }

    private static String json(Event event) {
        return "{\"event\":" + Json.string(event.type()) + ",\"id\":" + Json.string(event.id()) + ",\"data\":"
                + Json.inOneLine(event.data()) + "}";
    }
}
