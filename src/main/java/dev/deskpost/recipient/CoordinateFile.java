package dev.deskpost.recipient;

import dev.deskpost.desktop.Point;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A {@code cursor_agent_coords.json}: where PyAutoGUI scripts click for the chat input of each agent. Understood are
 *
 * <ol>
 *   <li>{@code {"agents": {NAME: AGENT, …}, …}}; what stands beside {@code agents} is not read
 *   <li>{@code {"5-agent": {NAME: AGENT, …}, "8-agent": {…}}}: layouts, of which the caller names one if there are
 *       several
 *   <li>{@code {NAME: AGENT, …}}
 * </ol>
 *
 * <p>AGENT is a PLACE, or an object that has one under the first of {@link #INPUT_NAMES} that it has; its
 * {@code description} and {@code active} are read, the rest is not. PLACE is {@code [x, y]} or {@code {"x": x, "y": y}} in
 * whole pixels from the primary monitor's top left corner; negative ones lie on monitors to the left or above, and are as
 * good as others.
 */
public record CoordinateFile(List<Agent> agents) {

    /** Where the place of the chat input stands. The places of other buttons do not help. */
    static final List<String> INPUT_NAMES = List.of(
            "chat_input_coordinates",
            "chat_input_coords",
            "chat_input",
            "input_box_coordinates",
            "input_box",
            "input",
            "coordinates",
            "coords");

    /** By its name: an agent that has only the places of other buttons looks the same. */
    private static final Pattern LAYOUT = Pattern.compile("\\d{1,4}-agents?");

    /** As far as X11's coordinates go, and further than any desktop. */
    private static final int FARTHEST = 32767;

    private static final int LONGEST_NAME = 200;

    /**
     * One agent of the file.
     *
     * @param id its name, made fit for a recipient
     * @param place of its chat input, from the primary monitor's corner
     */
    public record Agent(
            String name, String id, Point place, @Nullable String description, boolean active) {}

    public CoordinateFile {
        agents = List.copyOf(agents);
    }

    /**
     * @param layout which layout is meant, null where there is one only
     * @throws Problem with one error for each agent that cannot be read
     */
    public static CoordinateFile read(JsonNode file, @Nullable String layout, int mostAgents) {
        JsonNode entries = entries(file, layout);
        if (entries.size() > mostAgents) {
            throw Problem.tooLarge(
                    new FieldError("agents", "are " + entries.size() + ", and at most " + mostAgents + " are read"));
        }
        List<Agent> agents = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            try {
                Agent agent = agent(entry.getKey(), entry.getValue());
                String other = names.putIfAbsent(agent.id(), agent.name());
                if (other != null) {
                    throw new Unreadable("becomes the recipient '" + agent.id() + "', as '" + other + "' does");
                }
                agents.add(agent);
            } catch (Unreadable e) {
                errors.add(new FieldError(shown(entry.getKey()), e.detail));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors);
        }
        return new CoordinateFile(agents);
    }

    private static JsonNode entries(JsonNode file, @Nullable String layout) {
        if (!file.isObject() || file.isEmpty()) {
            throw invalid("body", "is not an object with agents in it");
        }
        if (layout != null) {
            JsonNode chosen = file.path(layout);
            if (!isLayout(chosen)) {
                throw invalid("layout", "names no layout of the file; it has " + layouts(file));
            }
            return chosen;
        }
        if (file.has("agents")) {
            JsonNode agents = file.get("agents");
            if (!agents.isObject() || agents.isEmpty()) {
                throw invalid("agents", "is not an object with agents in it");
            }
            return agents;
        }
        List<String> layouts = layouts(file);
        if (layouts.size() > 1) {
            throw invalid("layout", "is missing: the file has several layouts, " + layouts);
        }
        return layouts.isEmpty() ? file : file.get(layouts.get(0));
    }

    private static List<String> layouts(JsonNode file) {
        return file.propertyStream()
                .filter(entry -> LAYOUT.matcher(entry.getKey()).matches() && isLayout(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** An object of agents, and no agent itself. */
    private static boolean isLayout(JsonNode node) {
        return node.isObject()
                && !node.isEmpty()
                && !isPlace(node)
                && input(node).isEmpty()
                && node.valueStream()
                        .allMatch(entry -> isPlace(entry) || input(entry).isPresent());
    }

    private static boolean isPlace(JsonNode node) {
        return node.isArray() || node.has("x") || node.has("y");
    }

    private static Optional<JsonNode> input(JsonNode agent) {
        return INPUT_NAMES.stream().filter(agent::has).findFirst().map(agent::get);
    }

    private static Agent agent(String name, JsonNode node) throws Unreadable {
        JsonNode place = isPlace(node)
                ? node
                : input(node)
                        .orElseThrow(() -> new Unreadable(
                                "has no place of its chat input; expected [x, y], {\"x\": …, \"y\": …}, or one of these as "
                                        + String.join(", ", INPUT_NAMES)));
        JsonNode active = node.path("active");
        if (!active.isMissingNode() && !active.isBoolean()) {
            throw new Unreadable("has an 'active' that is neither true nor false");
        }
        return new Agent(name, id(name), place(place), description(node.path("description")), active.asBoolean(true));
    }

    private static Point place(JsonNode node) throws Unreadable {
        if (node.isArray() && node.size() != 2) {
            throw new Unreadable("has a place of " + node.size() + " numbers, expected 2");
        }
        return node.isArray()
                ? new Point(pixels(node.get(0), "x"), pixels(node.get(1), "y"))
                : new Point(pixels(node.path("x"), "x"), pixels(node.path("y"), "y"));
    }

    private static int pixels(JsonNode node, String axis) throws Unreadable {
        if (!node.isIntegralNumber()) {
            throw new Unreadable("has an " + axis + " that is not a whole number of pixels");
        }
        if (!node.canConvertToInt() || Math.abs((long) node.intValue()) > FARTHEST) {
            throw new Unreadable("has an " + axis + " beyond any screen, more than " + FARTHEST + " pixels away");
        }
        return node.intValue();
    }

    /** What cannot stand in an id becomes a dash. */
    private static String id(String name) throws Unreadable {
        String id = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        if (id.isEmpty() || id.length() > 64) {
            throw new Unreadable(
                    "cannot become the id of a recipient: 1 to 64 letters, digits, dots, dashes or underscores");
        }
        return id;
    }

    private static @Nullable String description(JsonNode node) {
        String text = node.isString() ? shown(node.stringValue()).strip() : "";
        return text.isEmpty() ? null : text;
    }

    /** Without what cannot be shown in one line, and not without end. */
    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "");
        return plain.codePointCount(0, plain.length()) <= LONGEST_NAME / 2
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_NAME / 2));
    }

    private static Problem invalid(String field, String detail) {
        return Problem.invalidFields(List.of(new FieldError(field, detail)));
    }

    /** One agent cannot be read; the others are looked at all the same, so that all errors are told at once. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String detail;

        Unreadable(String detail) {
            super(detail);
            this.detail = detail;
        }
    }
}
