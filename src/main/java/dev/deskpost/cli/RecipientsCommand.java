package dev.deskpost.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who can be written to. */
@Command(
        name = "recipients",
        description = "Lists who can be written to, how their windows are recognised, and what they do.",
        sortOptions = false)
final class RecipientsCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Override
    public Integer call() {
        Reply reply = options.service().get("/api/v1/recipients");
        if (options.json()) {
            options.terminal().json(reply.body());
            return ExitCodes.OK;
        }
        Table table = new Table("ID", "NAME", "ENABLED", "PROFILE", "WINDOW", "ACTIVITY");
        reply.fields()
                .objects("recipients")
                .forEach(recipient -> table.row(
                        Words.plain(recipient.text("id", "?")),
                        Words.plain(recipient.text("displayName", "-")),
                        recipient.flag("enabled", true) ? Words.plain("yes") : new Words("no", Words.Style.DOUBTFUL),
                        Words.plain(recipient.text("profile", "chat")),
                        Words.plain(window(recipient)),
                        recipient
                                .object("activity")
                                .flatMap(activity -> activity.text("state"))
                                .map(Words::state)
                                .orElse(Words.plain("-"))));
        table.printTo(options.terminal());
        return ExitCodes.OK;
    }

    private static String window(Fields recipient) {
        return recipient
                .object("window")
                .map(rule -> Stream.of("title", "class", "process")
                        .flatMap(field -> rule.text(field).map(value -> field + "=" + value).stream())
                        .collect(Collectors.joining(" ")))
                .or(() -> recipient.text("inbox").map(inbox -> "none, inbox " + inbox))
                .orElse("none");
    }
}
