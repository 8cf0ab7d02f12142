package dev.deskpost.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the service says about itself, for a person.
 *
 * @param needs why a person is needed; empty if none is
 */
record StatusReport(List<List<Words>> lines, List<String> needs) {

    private static final int LABEL = 11;

    /** @param health,alerts empty if the service does not tell */
    static StatusReport of(Fields queue, Optional<Fields> health, Optional<Fields> alerts, Instant now) {
        StatusReport report = new StatusReport(new ArrayList<>(), new ArrayList<>());
        report.addProcessor(queue.object("processor"), queue.text("reason"), now);
        report.addDesktop(queue.object("desktop"));
        report.addFigures(queue, now);
        health.ifPresent(report::addHealth);
        report.addAlerts(alerts, now);
        return report;
    }

    boolean allFlows() {
        return needs.isEmpty();
    }

    void printTo(Terminal terminal) {
        lines.forEach(line -> terminal.line(line.toArray(Words[]::new)));
        terminal.line("");
        if (needs.isEmpty()) {
            terminal.line(new Words("Messages flow.", Words.Style.GOOD));
            return;
        }
        terminal.line(Words.strong("A person is needed:"));
        needs.forEach(need -> terminal.line("- " + need));
    }

    private void addProcessor(Optional<Fields> processor, Optional<String> reason, Instant now) {
        String state = processor.flatMap(it -> it.text("state")).orElse("unknown");
        String since = processor
                .flatMap(it -> it.time("startedAt"))
                .map(at -> ", started " + Spans.since(at, now) + " ago")
                .orElse("");
        String active = processor
                .flatMap(it -> it.time("lastActivityAt"))
                .map(at -> ", last active " + Spans.since(at, now) + " ago")
                .orElse("");
        add("processor", Words.state(state), Words.plain(since + active));
        reason.ifPresent(why -> add("", Words.plain(why)));
        if (!state.equals("RUNNING")) {
            needs.add(
                    "the processor is " + state + reason.map(why -> ": " + why).orElse(""));
        }
        processor
                .flatMap(it -> it.object("current"))
                .ifPresent(current ->
                        add("now", Words.plain(current.text("id", "?") + " at step " + current.text("step", "?"))));
    }

    private void addDesktop(Optional<Fields> desktop) {
        boolean available = desktop.map(it -> it.flag("available", false)).orElse(false);
        String name = desktop.map(it -> it.text("kind", "?")
                        + it.text("display").map(at -> " " + at).orElse(""))
                .orElse("unknown");
        String reason =
                desktop.flatMap(it -> it.text("reason")).map(why -> ": " + why).orElse("");
        add(
                "desktop",
                Words.plain(name + ", "),
                available ? new Words("available", Words.Style.GOOD) : new Words("unavailable", Words.Style.BAD),
                Words.plain(reason));
        if (!available) {
            needs.add("the desktop is unavailable" + reason);
        }
    }

    private void addFigures(Fields queue, Instant now) {
        String oldest = queue.time("oldestPendingAt")
                .map(at -> " (the oldest for " + Spans.since(at, now) + ")")
                .orElse("");
        long failed = queue.number("failed");
        long unconfirmed = queue.number("unconfirmed");
        add(
                "queue",
                Words.plain(queue.number("pending") + " pending" + oldest + ", " + queue.number("processing")
                        + " processing, "),
                count(failed, "failed", Words.Style.BAD),
                Words.plain(", "),
                count(unconfirmed, "unconfirmed", Words.Style.DOUBTFUL));
        if (unconfirmed > 0) {
            needs.add(unconfirmed + " unconfirmed: look at the windows, then resolve or retry them");
        }
    }

    private void addHealth(Fields health) {
        String status = health.text("status", "unknown");
        List<String> bad = health.object("components")
                .map(components -> components
                        .names()
                        .filter(name -> components
                                .object(name)
                                .flatMap(one -> one.text("status"))
                                .filter(one -> !one.equals("UP"))
                                .isPresent())
                        .toList())
                .orElse(List.of());
        String where = bad.isEmpty() ? "" : " (" + String.join(", ", bad) + ")";
        add("health", Words.state(status), Words.plain(where));
        if (!status.equals("UP")) {
            needs.add("the health of the delivery is " + status + where);
        }
    }

    private void addAlerts(Optional<Fields> alerts, Instant now) {
        if (alerts.isEmpty()) {
            add("alerts", Words.dim("not told by this service"));
            return;
        }
        List<Fields> firing = alerts.get().objects("alerts").stream()
                .filter(alert -> alert.text("state", "").equals("FIRING"))
                .toList();
        if (firing.isEmpty()) {
            add("alerts", new Words("none firing", Words.Style.GOOD));
            return;
        }
        add(
                "alerts",
                new Words(firing.size() + " firing", Words.Style.BAD),
                Words.plain(": "
                        + firing.stream().map(alert -> alert.text("rule", "?")).collect(Collectors.joining(", "))));
        firing.forEach(alert -> needs.add("alert " + alert.text("rule", "?")
                + alert.text("summary").map(summary -> ": " + summary).orElse("")
                + alert.time("since").map(at -> ", for " + Spans.since(at, now)).orElse("")));
    }

    private static Words count(long number, String what, Words.Style style) {
        return new Words(number + " " + what, number > 0 ? style : Words.Style.PLAIN);
    }

    private void add(String label, Words... words) {
        List<Words> line = new ArrayList<>();
        line.add(Words.dim(label + " ".repeat(LABEL - label.length())));
        line.addAll(List.of(words));
        lines.add(line);
    }
}
