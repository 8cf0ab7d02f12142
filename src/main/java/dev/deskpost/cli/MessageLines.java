package dev.deskpost.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of a message, for people: its id and state, how that is known, and what was in the way. */
final class MessageLines {

    private MessageLines() {}

    /** The id is the first word. */
    static List<Words[]> of(Fields message) {
        List<Words[]> lines = new ArrayList<>();
        String proved = message.text("channel")
                .map(channel -> ", " + channel
                        + message.text("evidence")
                                .map(evidence -> " " + evidence)
                                .orElse(""))
                .orElse("");
        String took = message.time("acceptedAt")
                .flatMap(from -> message.time("finishedAt").map(to -> Duration.between(from, to)))
                .map(time -> ", " + time.toMillis() + " ms after it was accepted")
                .orElse("");
        long attempts = message.number("attempts");
        String tries = attempts == 0 ? "" : ", " + attempts + (attempts == 1 ? " attempt" : " attempts");
        lines.add(new Words[] {
            Words.plain(message.text("id", "?") + "  "),
            Words.state(message.text("state", "?")),
            Words.plain(proved + tries + took)
        });
        failure(message).ifPresent(text -> lines.add(new Words[] {Words.plain("  " + text)}));
        message.text("verdict")
                .ifPresent(verdict -> lines.add(
                        new Words[] {Words.plain("  the recipient got it "), new Words(verdict, Words.Style.BAD)}));
        return lines;
    }

    static Optional<String> failure(Fields message) {
        return message.object("failure")
                .map(failure -> failure.text("code", "?")
                        + failure.text("detail").map(detail -> ": " + detail).orElse(""));
    }
}
