package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deskpost.desktop.Point;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import dev.deskpost.recipient.CoordinateFile.Agent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CoordinateFileTest {

    private static List<Agent> read(String json) {
        return read(json, null);
    }

    private static List<Agent> read(String json, @Nullable String layout) {
        return CoordinateFile.read(JsonMapper.shared().readTree(json), layout, 1000)
                .agents();
    }

    private static Problem refused(String json, @Nullable String layout) {
        return Objects.requireNonNull(catchThrowableOfType(Problem.class, () -> read(json, layout)));
    }

    @SuppressWarnings("unchecked")
    private static List<FieldError> errors(String json) {
        return (List<FieldError>)
                Objects.requireNonNull(refused(json, null).getBody().getProperties())
                        .get("errors");
    }

    @Nested
    class Understands {

        @Test
        void the_agents_of_the_usual_file_with_negative_places_and_nothing_beside_them() {
            assertThat(read("""
                            {"version":"2.0","coordinate_system":{"origin":"top-left"},
                             "agents":{"Agent-1":{"chat_input_coordinates":[-1269,481],"onboarding_input_coords":[-1265,171],
                              "description":"Integration","active":true},
                              "Agent-2":{"chat_input_coordinates":[-308,480],"coordinates":[1,2],"active":false}}}"""))
                    .containsExactly(
                            new Agent("Agent-1", "Agent-1", new Point(-1269, 481), "Integration", true),
                            new Agent("Agent-2", "Agent-2", new Point(-308, 480), null, false));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":[-5,7]}",
                    "{\"a\":{\"x\":-5,\"y\":7}}",
                    "{\"a\":{\"coordinates\":[-5,7]}}",
                    "{\"a\":{\"coords\":{\"x\":-5,\"y\":7}}}",
                    "{\"a\":{\"chat_input\":[-5,7],\"coordinates\":[9,9]}}",
                    "{\"5-agent\":{\"a\":{\"starter_location_box\":{\"x\":1,\"y\":2},\"input_box\":{\"x\":-5,\"y\":7}}}}",
                    "{\"agents\":{\"a\":[-5,7]},\"b\":[1,1]}"
                })
        void other_shapes(String json) {
            assertThat(read(json)).containsExactly(new Agent("a", "a", new Point(-5, 7), null, true));
        }

        @Test
        void one_layout_of_several_if_it_is_named() {
            String file = "{\"5-agent\":{\"a\":[1,2]},\"8-agent\":{\"a\":[3,4],\"b\":[5,6]}}";
            assertThat(read(file, "8-agent"))
                    .extracting(Agent::place)
                    .containsExactly(new Point(3, 4), new Point(5, 6));
            assertThat(refused(file, null).getBody().getDetail()).contains("layout is missing", "[5-agent, 8-agent]");
            assertThat(refused(file, "2-agent").getBody().getDetail()).contains("names no layout");
        }

        @ParameterizedTest
        @CsvSource({
            "Agent-1,Agent-1",
            "a/../../b,a-..-..-b",
            "' Agent 1 ',Agent-1",
            "Ägent,gent",
            "..x,x",
            "x\u0000y,x-y"
        })
        void names_as_ids(String name, String id) {
            String key = JsonMapper.shared().writeValueAsString(name);
            assertThat(read("{" + key + ":[1,2]}")).extracting(Agent::id).containsExactly(id);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        {"a":5}                                   | has no place of its chat input
                        {"a":null}                                | has no place of its chat input
                        {"a":{"onboarding_coordinates":[1,2]}}    | has no place of its chat input
                        {"a":{"coordinates":5,"b":1}}             | is not a whole number of pixels
                        {"a":[1]}                                 | a place of 1 numbers
                        {"a":[1,2,3]}                             | a place of 3 numbers
                        {"a":[1.5,2]}                             | is not a whole number of pixels
                        {"a":["1",2]}                             | is not a whole number of pixels
                        {"a":["NaN",2]}                           | is not a whole number of pixels
                        {"a":[1e400,2]}                           | is not a whole number of pixels
                        {"a":[true,2]}                            | is not a whole number of pixels
                        {"a":{"x":1}}                             | has an y that is not a whole number
                        {"a":[40000,2]}                           | beyond any screen
                        {"a":[-2147483648,2]}                     | beyond any screen
                        {"a":[1,99999999999999999999999]}         | beyond any screen
                        {"a":{"x":1,"y":2,"active":"yes"}}        | neither true nor false
                        {"a":[[[[]]],2]}                          | is not a whole number of pixels
                        """)
        void what_is_no_place_by_the_name_of_the_agent(String json, String detail) {
            assertThat(errors(json))
                    .singleElement()
                    .satisfies(error -> assertThat(error.field()).isEqualTo("a"))
                    .satisfies(error -> assertThat(error.detail()).contains(detail));
        }

        @Test
        void all_that_cannot_be_read_at_once() {
            assertThat(errors("{\"a\":5,\"b\":[1,2],\"c\":[1]}"))
                    .extracting(FieldError::field)
                    .containsExactly("a", "c");
        }

        @Test
        void two_names_that_become_one_id() {
            assertThat(errors("{\"a b\":[1,2],\"a-b\":[1,2]}"))
                    .containsExactly(new FieldError("a-b", "becomes the recipient 'a-b', as 'a b' does"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "\"///\"", "\"éé\""})
        void a_name_of_which_nothing_is_left(String key) {
            assertThat(errors("{" + key + ":[1,2]}"))
                    .singleElement()
                    .satisfies(error -> assertThat(error.detail()).contains("cannot become the id"));
        }

        @Test
        void a_name_without_end_and_does_not_repeat_all_of_it() {
            assertThat(errors("{\"" + "x".repeat(5000) + "\\u202e\":[1,2]}"))
                    .singleElement()
                    .satisfies(error -> assertThat(error.field()).hasSize(100));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"[]", "5", "\"x\"", "null", "{}", "{\"agents\":[]}", "{\"agents\":{}}", "{\"agents\":5}"})
        void a_file_without_agents(String json) {
            assertThat(refused(json, null).getStatusCode().value()).isEqualTo(422);
        }

        @Test
        void ten_thousand_agents() {
            String agents = IntStream.range(0, 10_000)
                    .mapToObj(i -> "\"a" + i + "\":[1,2]")
                    .collect(Collectors.joining(",", "{", "}"));
            Problem problem = refused(agents, null);
            assertThat(problem.getStatusCode().value()).isEqualTo(413);
            assertThat(problem.getBody().getDetail()).contains("10000").contains("at most 1000");
        }
    }
}
