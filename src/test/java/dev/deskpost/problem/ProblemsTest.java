package dev.deskpost.problem;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be wrong with any request, before anybody looks at its fields. */
@RunningService
class ProblemsTest {

    private static final String MESSAGES = "/api/v1/messages";
    private static final String MESSAGE = "{\"recipient\":\"agent-1\",\"content\":\"hello\"}";

    @Autowired
    Api api;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    /** Who is told that a message was not taken sends it again. */
    @AfterEach
    void nothingWasAccepted() {
        assertThat(api.get(MESSAGES).asString()).isEqualTo("{\"messages\":[],\"nextCursor\":null}");
    }

    @Nested
    class A_body {

        @ParameterizedTest
        @MethodSource("dev.deskpost.problem.ProblemsTest#unreadable")
        void that_is_not_one_JSON_object(String body) {
            assertThat(api.post(MESSAGES, body))
                    .isProblem(400, "UNREADABLE_JSON")
                    .aboutNoField();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "\"\"", "5", "{\"window\":", "{\"window\":{\"title\":\"x\"}}}"})
        void that_is_not_one_JSON_object_for_a_recipient_either(String body) {
            assertThat(api.put("/api/v1/recipients/agent-1", body))
                    .isProblem(400, "UNREADABLE_JSON")
                    .aboutNoField();
        }

        @Test
        void that_is_missing() {
            assertThat(api.call().contentType("application/json").post(MESSAGES))
                    .isProblem(400, "UNREADABLE_JSON")
                    .says("there is no body");
        }

        @Test
        void that_ends_too_early_is_told_where() {
            assertThat(api.post(MESSAGES, "{\"recipient\":\"agent-1\",\n\"content\":"))
                    .isProblem(400, "UNREADABLE_JSON")
                    .says("it ends too early (line 2, column 11)");
        }

        @Test
        void with_a_field_twice_is_told_which() {
            assertThat(api.post(MESSAGES, "{\"recipient\":\"agent-1\",\"content\":\"a\",\"content\":\"b\"}"))
                    .isProblem(400, "UNREADABLE_JSON")
                    .says("\"content\"");
        }

        @Test
        void with_a_field_twice_inside_of_its_metadata() {
            assertThat(api.post(
                            MESSAGES, "{\"recipient\":\"agent-1\",\"content\":\"a\",\"metadata\":{\"a\":1,\"a\":2}}"))
                    .isProblem(400, "UNREADABLE_JSON");
        }

        @Test
        void that_is_nested_too_deeply() {
            String deep = "{\"a\":".repeat(600) + "1" + "}".repeat(600);

            assertThat(api.post(MESSAGES, "{\"recipient\":\"agent-1\",\"content\":\"a\",\"metadata\":" + deep + "}"))
                    .isProblem(400, "UNREADABLE_JSON")
                    .says("nesting depth");
        }

        @Test
        void that_is_not_UTF_8() {
            byte[] latin1 = "{\"recipient\":\"agent-1\",\"content\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

            assertThat(api.call().contentType("application/json").body(latin1).post(MESSAGES))
                    .isProblem(400, "UNREADABLE_JSON");
        }
    }

    @Nested
    class A_body_that_is_too_large {

        private final byte[] content = json("content");
        private final byte[] metadata = json("metadata\":{\"a");
        private final byte[] blanks = (MESSAGE + " ".repeat(1_100_000)).getBytes(StandardCharsets.UTF_8);

        private static byte[] json(String field) {
            return ("{\"recipient\":\"agent-1\",\"" + field + "\":\"" + "a".repeat(1_100_000) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Test
        void is_refused_by_its_length() {
            Response response =
                    api.call().contentType("application/json").body(content).post(MESSAGES);

            assertThat(response)
                    .isProblem(413, "TOO_LARGE")
                    .says("1048576 bytes")
                    .aboutNoField();
        }

        @Test
        void is_refused_also_when_it_does_not_say_its_length() {
            for (byte[] body : new byte[][] {content, metadata, blanks}) {
                assertThat(api.sendInPieces("POST", MESSAGES, body))
                        .isProblem(413, "TOO_LARGE")
                        .says("1048576 bytes")
                        .aboutNoField();
            }
        }

        @Test
        void is_refused_for_recipients_too() {
            assertThat(api.sendInPieces("PUT", "/api/v1/recipients/agent-1", content))
                    .isProblem(413, "TOO_LARGE");
        }
    }

    @Nested
    class A_kind_of_body {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/xml",
                    "application/json;charset=nonsense",
                    "nonsense"
                })
        void other_than_JSON(String contentType) {
            assertThat(api.sendRaw("POST", MESSAGES, "Content-Type: " + contentType, MESSAGE))
                    .isProblem(415, "UNSUPPORTED_MEDIA_TYPE")
                    .says("Content-Type: application/json");
        }

        @Test
        void that_is_half_a_form() {
            assertThat(api.sendRaw("POST", MESSAGES, "Content-Type: multipart/form-data; boundary=x", "--x\r\n\r\n"))
                    .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }

        @Test
        void that_is_not_named() {
            assertThat(api.sendRaw("POST", MESSAGES, "Accept: */*", MESSAGE)).isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @Nested
    class A_kind_of_answer {

        @ParameterizedTest
        @ValueSource(strings = {"application/xml", "text/html", "application/problem+json", "nonsense"})
        void that_there_is_not_is_refused_before_anything_is_done(String accept) {
            assertThat(api.call()
                            .header("Accept", accept)
                            .contentType("application/json")
                            .body(MESSAGE)
                            .post(MESSAGES))
                    .isProblem(406, "NOT_ACCEPTABLE")
                    .says("nothing was done")
                    .says("application/json");
            assertThat(api.call()
                            .header("Accept", accept)
                            .contentType("application/json")
                            .body("{\"window\":{\"title\":\"x\"}}")
                            .put("/api/v1/recipients/agent-9"))
                    .isProblem(406, "NOT_ACCEPTABLE");
            assertThat(api.get("/api/v1/recipients/agent-9")).isProblem(404, "UNKNOWN_RECIPIENT");
        }

        @Test
        void does_not_matter_for_what_went_wrong() {
            assertThat(api.call().header("Accept", "text/html").get("/nowhere")).isProblem(404, "NO_SUCH_ROUTE");
        }
    }

    @Nested
    class A_way {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/nowhere",
                    "/index.html",
                    "/api",
                    "/api/v1",
                    "/api/v1/nowhere",
                    "/api/v2/messages",
                    "/api/v1/messages/",
                    "/api/v1/messages/x/y",
                    "/actuator/env"
                })
        void that_leads_nowhere(String path) {
            for (Method method : new Method[] {Method.GET, Method.POST, Method.PUT, Method.DELETE, Method.PATCH}) {
                assertThat(api.call().request(method, path))
                        .isProblem(404, "NO_SUCH_ROUTE")
                        .says(path)
                        .says(method.name());
            }
        }

        @Test
        void to_the_page_of_errors_itself() {
            assertThat(api.get("/error")).isProblem(404, "NOT_FOUND");
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({
            "PUT, /api/v1/messages",
            "DELETE, /api/v1/messages",
            "PATCH, /api/v1/messages",
            "POST, /api/v1/messages/msg_20261121_190500_1a2b3c4d/attempts",
            "POST, /api/v1/recipients",
            "POST, /api/v1/recipients/agent-1",
            "PATCH, /api/v1/recipients/agent-1",
            "POST, /api/v1/queue",
            "DELETE, /api/v1/windows",
            "POST, /actuator/health"
        })
        void that_cannot_be_gone_like_this(Method method, String path) {
            assertThat(api.call().request(method, path)).isProblem(405, "METHOD_NOT_ALLOWED");
        }

        @Test
        void tells_how_it_can_be_gone() {
            Response response = api.call().put(MESSAGES);

            assertThat(response.header("Allow")).contains("GET").contains("POST");
            assertThat(response)
                    .isProblem(405, "METHOD_NOT_ALLOWED")
                    .says("PUT is not possible here; possible is GET, POST");
        }

        @ParameterizedTest
        @CsvSource({"messages/msg_x, UNKNOWN_MESSAGE", "broadcasts/bc_x, UNKNOWN_BROADCAST"})
        void to_what_is_not_there_tells_where_the_names_are(String path, String code) {
            assertThat(api.get("/api/v1/" + path)).isProblem(404, code).says("removed after a while");
        }

        @ParameterizedTest
        @EnumSource(
                value = Method.class,
                names = {"GET", "DELETE"})
        void of_characters_that_an_address_cannot_have(Method method) {
            for (String target : new String[] {
                "/api/v1/recipients/a%2Fb",
                "/api/v1/recipients/a%00b",
                "/api/v1/recipients/a[b",
                "/api/v1/recipients/a%zzb",
                "/api/v1/recipients/a\\b",
                "/api//v1/recipients",
                "/api/v1/recipients;a=b",
                "/api/v1/recipients/../messages",
                "/api/v1/recipients/."
            }) {
                assertThat(api.sendRaw(method.name(), target)).isProblem(400, "BAD_REQUEST");
            }
            assertThat(api.sendRaw(method.name(), "/api/v1/recipients/a[b"))
                    .isProblem(400, "BAD_REQUEST")
                    .says("percent-encoded");
        }

        @Test
        void with_parameters_that_are_not_UTF_8() {
            assertThat(api.sendRaw("GET", MESSAGES + "?sender=%FF")).isProblem(400, "BAD_REQUEST");
        }

        @Test
        void by_a_method_that_does_not_exist() {
            assertThat(api.sendRaw("FETCH", MESSAGES)).isProblem(400, "BAD_REQUEST");
            assertThat(api.sendRaw("TRACE", MESSAGES)).isProblem(405, "METHOD_NOT_ALLOWED");
        }
    }

    static Stream<Named<String>> unreadable() {
        return Stream.of(
                Named.of("blanks", " \n "),
                Named.of("a word", "hello"),
                Named.of("a form", "recipient=agent-1&content=hello"),
                Named.of("half an object", "{\"recipient\":\"agent-1\""),
                Named.of("half a name", "{\"recip"),
                Named.of("half a text", "{\"recipient\":\"age"),
                Named.of("a list", "[]"),
                Named.of("a list of one", "[" + MESSAGE + "]"),
                Named.of("null", "null"),
                Named.of("a text", "\"hello\""),
                Named.of("an empty text", "\"\""),
                Named.of("a number", "5"),
                Named.of("true", "true"),
                Named.of("an object and a word", MESSAGE + "hello"),
                Named.of("an object and a brace", MESSAGE + "}"),
                Named.of("two objects", MESSAGE + MESSAGE),
                Named.of("a comment", "{/* hello */}"),
                Named.of("single quotes", "{'recipient':'agent-1'}"),
                Named.of("a comma too many", "{\"recipient\":\"agent-1\",}"),
                Named.of("not a number", "{\"recipient\":NaN}"),
                Named.of("a line break in a text", "{\"recipient\":\"agent\n1\"}"),
                Named.of("a broken escape", "{\"recipient\":\"\\x\"}"));
    }
}
