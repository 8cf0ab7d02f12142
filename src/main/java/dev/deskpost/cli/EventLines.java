package dev.deskpost.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** One event as one line for people. */
final class EventLines {

    private static final int WHO = 16;
    private static final int STATE = 11;

    private final ZoneId zone;

    EventLines(ZoneId zone) {
        this.zone = zone;
    }

    /** What is unknown is printed as it came. */
    Words[] of(Event event) {
        Fields data = Fields.parse(event.data()).orElse(null);
        if (data == null) {
            return new Words[] {Words.plain(event.type() + " " + event.data())};
        }
        List<Words> line = new ArrayList<>();
        line.add(Words.dim(data.time("at").map(at -> Spans.clockTime(at, zone)).orElse("--:--:--") + "  "));
        switch (event.type()) {
            case "message" -> message(data, line);
            case "step" -> {
                who(data, line);
                line.add(Words.dim(filled("step", STATE) + data.text("id", "?") + "  " + data.text("step", "?")));
            }
            case "recipient" -> line.add(Words.plain("recipient " + data.text("id", "?") + " has changed"));
            case "station" -> {
                line.add(Words.plain("processor "));
                line.add(Words.state(data.text("processor", "?")));
                line.add(Words.plain(data.text("reason").map(why -> ": " + why).orElse("")));
            }
            case "alert" -> {
                line.add(Words.plain("alert "));
                line.add(Words.state(data.text("state", "?")));
                line.add(Words.plain(" " + data.text("rule", "?")
                        + data.text("summary").map(text -> ": " + text).orElse("")));
            }
            case "reset" ->
                line.add(new Words(
                        "some events were missed"
                                + data.text("reason").map(why -> ": " + why).orElse(""),
                        Words.Style.DOUBTFUL));
            default -> line.add(Words.plain(event.type() + " " + event.data()));
        }
        return line.toArray(Words[]::new);
    }

    private static void message(Fields data, List<Words> line) {
        who(data, line);
        Words state = Words.state(data.text("state", "?"));
        line.add(new Words(filled(state.text(), STATE), state.style()));
        line.add(Words.plain(data.text("id", "?")));
        data.text("evidence").or(() -> data.text("channel")).ifPresent(proof -> line.add(Words.plain("  " + proof)));
        long attempts = data.number("attempts");
        if (attempts > 1) {
            line.add(Words.plain("  attempt " + attempts));
        }
        failure(data, line);
        data.text("verdict").ifPresent(verdict -> line.add(new Words("  " + verdict, Words.Style.BAD)));
    }

    /** An object as in a message, or only its code. */
    private static void failure(Fields data, List<Words> line) {
        MessageLines.failure(data).or(() -> data.text("failure")).ifPresent(why -> line.add(Words.plain("  " + why)));
    }

    private static void who(Fields data, List<Words> line) {
        line.add(Words.plain(filled(data.text("recipient", "?"), WHO)));
    }

    private static String filled(String text, int columns) {
        String shown = Harmless.line(text);
        return shown + " ".repeat(Math.max(0, columns - Columns.of(shown))) + "  ";
    }
}
