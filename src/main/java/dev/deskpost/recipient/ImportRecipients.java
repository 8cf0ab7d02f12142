package dev.deskpost.recipient;

import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopSession;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Monitor;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowId;
import dev.deskpost.recipient.CoordinateFile.Agent;
import dev.deskpost.recipient.Imported.Outcome;
import dev.deskpost.recipient.Imported.Reason;
import dev.deskpost.recipient.Imported.Result;
import dev.deskpost.recipient.RecipientSettings.WindowRule;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes recipients of the agents of a {@link CoordinateFile}: looks which window stands at each place, and learns how to
 * recognise it again. It looks while it holds the desktop: deliveries raise windows, and would show others.
 */
@Component
public class ImportRecipients {

    private static final Point NOT_CAPTURED = new Point(0, 0);

    private final Desktop desktop;
    private final Recipients recipients;
    private final Validator validator;
    private final RecipientProperties properties;

    ImportRecipients(Desktop desktop, Recipients recipients, Validator validator, RecipientProperties properties) {
        this.desktop = desktop;
        this.recipients = recipients;
        this.validator = validator;
        this.properties = properties;
    }

    /**
     * @param dryRun to say what would be done, and do nothing
     * @param replace whether recipients that exist are written anew
     * @return empty if another holder kept the desktop for too long
     * @throws DesktopUnavailable if there is no desktop to look at
     */
    public Optional<Imported> run(CoordinateFile file, boolean dryRun, boolean replace) {
        return look(file).map(look -> {
            List<Result> results = new ArrayList<>();
            Map<String, Learned> learned = new LinkedHashMap<>();
            file.agents().forEach(agent -> learned.put(agent.id(), learn(agent, look)));
            refuseSameWindows(learned);
            learned.values().forEach(one -> results.add(write(one, dryRun, replace)));
            return new Imported(look.monitors(), results);
        });
    }

    /** What was on the desktop at one moment. */
    private record Look(List<Monitor> monitors, List<Window> windows, Map<Point, Window> at) {

        /** The file's place as the desktop counts. */
        Point onScreen(Point place) {
            return monitors.stream()
                    .filter(Monitor::primary)
                    .findFirst()
                    .map(primary -> new Point(
                            place.x() + primary.bounds().x(),
                            place.y() + primary.bounds().y()))
                    .orElse(place);
        }

        boolean reaches(Point point) {
            return monitors.isEmpty()
                    || monitors.stream().anyMatch(monitor -> monitor.bounds().contains(point));
        }
    }

    private Optional<Look> look(CoordinateFile file) {
        return desktop.acquire(properties.importPatience()).map(session -> {
            try (DesktopSession open = session) {
                Look look = new Look(open.windows().monitors(), open.windows().all(), new HashMap<>());
                for (Agent agent : file.agents()) {
                    Point point = look.onScreen(agent.place());
                    open.windows().at(point).ifPresent(window -> look.at().put(point, window));
                }
                return look;
            }
        });
    }

    /** What was found out about one agent: settings, or a reason. */
    private record Learned(
            Agent agent,
            Point place,
            @Nullable Window window,
            @Nullable RecipientSettings settings,
            @Nullable Reason reason,
            @Nullable String detail) {

        Learned refused(Reason why, String because) {
            return new Learned(agent, place, window, settings, why, because);
        }

        Result result(Outcome outcome) {
            return new Result(agent.name(), agent.id(), outcome, place, window, settings, reason, detail);
        }
    }

    private Learned learn(Agent agent, Look look) {
        Point place = look.onScreen(agent.place());
        @Nullable Window window = look.at().get(place);
        Learned nothing = new Learned(agent, place, window, null, null, null);
        if (agent.place().equals(NOT_CAPTURED)) {
            return nothing.refused(Reason.NOT_SET, "the file has 0,0, where nobody has captured a place");
        }
        if (!look.reaches(place)) {
            return nothing.refused(Reason.OFF_SCREEN, "no monitor reaches there; is one switched off?");
        }
        if (window == null) {
            return nothing.refused(
                    Reason.NO_WINDOW, "no window stands there; open the agent's window and import again");
        }
        Optional<WindowRule> rule = LearnWindow.rule(window, agent.name(), look.windows());
        if (rule.isEmpty()) {
            return nothing.refused(
                    Reason.NOT_UNIQUE,
                    "another window has the same class, process and title; give this one a title of its own");
        }
        RecipientSettings settings = settings(agent, rule.get(), place, window);
        String violations = validator.validate(settings).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining(", "));
        return violations.isEmpty()
                ? new Learned(agent, place, window, settings, null, null)
                : nothing.refused(Reason.UNUSABLE, "what the window says of itself cannot be a rule: " + violations);
    }

    private static RecipientSettings settings(Agent agent, WindowRule rule, Point place, Window window) {
        return new RecipientSettings(
                agent.description(),
                agent.active() ? null : Boolean.FALSE,
                rule,
                LearnWindow.input(place, window.bounds()),
                TerminalEmulators.show(window) ? Profile.TERMINAL : null);
    }

    private record Seen(WindowId window, WindowRule rule) {}

    /** Two places in one window by one rule: whichever was meant, the other one is wrong. */
    private static void refuseSameWindows(Map<String, Learned> learned) {
        Map<Seen, List<String>> agents = learned.values().stream()
                .filter(one -> one.window() != null && one.settings() != null)
                .collect(Collectors.groupingBy(
                        ImportRecipients::seen,
                        Collectors.mapping(one -> one.agent().id(), Collectors.toList())));
        agents.values().stream()
                .filter(ids -> ids.size() > 1)
                .flatMap(List::stream)
                .forEach(id -> learned.computeIfPresent(
                        id,
                        (key, one) -> one.refused(
                                Reason.SAME_WINDOW,
                                "another agent's place lies in the same window, and its title names neither; open a window for"
                                        + " each")));
    }

    @SuppressWarnings("NullAway") // Only asked for those that have both.
    private static Seen seen(Learned one) {
        return new Seen(one.window().id(), one.settings().window());
    }

    private Result write(Learned one, boolean dryRun, boolean replace) {
        if (one.reason() != null || one.settings() == null) {
            return one.result(Outcome.NOT_LEARNED);
        }
        String id = one.agent().id();
        if (dryRun) {
            boolean present = recipients.exists(id);
            return one.result(!present ? Outcome.ADDED : replace ? Outcome.REPLACED : Outcome.KEPT);
        }
        if (replace) {
            return one.result(recipients.put(id, one.settings()) ? Outcome.ADDED : Outcome.REPLACED);
        }
        return one.result(recipients.add(id, one.settings()) ? Outcome.ADDED : Outcome.KEPT);
    }
}
