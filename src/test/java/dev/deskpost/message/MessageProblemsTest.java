package dev.deskpost.message;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be wrong with a message, said so that the sender can mend it. */
@RunningService
class MessageProblemsTest {

    private static final String A_TIME = "expected a time such as 2026-11-21T19:10:00Z";

    @Autowired
    Api api;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Nested
    class Refused {

        /** Who is told that a message was not taken sends it again. */
        @AfterEach
        void and_nothing_was_accepted() {
            assertThat(api.get("/api/v1/messages").asString()).isEqualTo("{\"messages\":[],\"nextCursor\":null}");
        }

        @ParameterizedTest(name = "{1} in {0}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        recipient    | null           | is missing: whom is the message for?
                        recipient    | ""             | is missing: whom is the message for?
                        recipient    | 5              | is '5', expected a text
                        recipient    | ["agent-1"]    | is of another type, expected a text
                        content      | null           | is missing: what is the message?
                        content      | ""             | is empty
                        content      | 5              | is '5', expected a text
                        content      | 1.5            | is '1.5', expected a text
                        content      | true           | is 'true', expected a text
                        content      | {}             | is of another type, expected a text
                        content      | ["a"]          | is of another type, expected a text
                        content      | "\\u0007\\u001b" | consists of control characters, which are not typed
                        content      | "\\ud83d"      | holds half a surrogate pair, which is no character
                        sender       | 5              | is '5', expected a text
                        sender       | {}             | is of another type, expected a text
                        sender       | "a\\nb"        | must not hold control characters or half surrogate pairs
                        sender       | "a\\u009bb"    | must not hold control characters or half surrogate pairs
                        sender       | "\\ud83d"      | must not hold control characters or half surrogate pairs
                        priority     | "soon"         | is 'soon', expected one of urgent, high, normal
                        priority     | "URGENT"       | is 'URGENT', expected one of urgent, high, normal
                        priority     | ""             | is '', expected one of urgent, high, normal
                        priority     | "0"            | is '0', expected one of urgent, high, normal
                        priority     | 0              | is '0', expected one of urgent, high, normal
                        priority     | true           | is of another type, expected one of urgent, high, normal
                        priority     | []             | is of another type, expected one of urgent, high, normal
                        metadata     | "ops"          | is of another type, expected an object
                        metadata     | ["ops"]        | is of another type, expected an object
                        metadata     | 5              | is of another type, expected an object
                        metadata     | {"a":"\\ud83d"} | holds half a surrogate pair, which is no character
                        """)
        void a_field_is_named_with_what_is_wrong(String field, String value, String detail) {
            assertThat(postWith(field, value)).isProblem(422, "INVALID_FIELD").about(field, detail);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        deliverAfter | "soon"
                        deliverAfter | ""
                        deliverAfter | "2026-11-21"
                        deliverAfter | "2026-11-21T19:10:00"
                        deliverAfter | "2026-02-30T19:10:00Z"
                        deliverAfter | "1795286400"
                        expiresAt    | "tomorrow"
                        expiresAt    | "2026-11-21T25:10:00Z"
                        """)
        void a_text_that_is_no_time(String field, String value) {
            assertThat(postWith(field, value))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, "is '" + value.replace("\"", "") + "', " + A_TIME);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"1795286400", "1795286400000", "1e300", "99999999999999999999", "true", "{}", "[2026,11,21]"
                })
        void a_time_of_which_nobody_knows_what_it_counts(String value) {
            assertThat(postWith("deliverAfter", value))
                    .isProblem(422, "INVALID_FIELD")
                    .about("deliverAfter", "is of another type, " + A_TIME);
        }

        @ParameterizedTest
        @ValueSource(strings = {"deliverAfter", "expiresAt"})
        void a_time_with_a_typing_mistake_in_the_year(String field) {
            assertThat(postWith(field, "\"+1000000000-12-31T23:59:59.999999999Z\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, "is more than 3650 days ahead");
        }

        @Test
        void what_has_expired_before_it_is_sent() {
            assertThat(postWith("expiresAt", "\"2020-01-01T00:00:00Z\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about("expiresAt", "is in the past: it would never be delivered");
        }

        @Test
        void what_expires_when_it_may_be_delivered_at_last() {
            String tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).toString();

            assertThat(api.post("/api/v1/messages", """
                            {"recipient":"agent-1","content":"hello","deliverAfter":"%s","expiresAt":"%s"}""".formatted(tomorrow, tomorrow)))
                    .isProblem(422, "INVALID_FIELD")
                    .about("expiresAt", "is not after deliverAfter: it would never be delivered");
        }

        @Test
        void a_field_that_does_not_exist_together_with_those_that_do() {
            assertThat(postWith("contents", "\"hello\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about(
                            "contents",
                            "is not known here; known are content, deliverAfter, expiresAt, metadata, priority, recipient,"
                                    + " sender");
        }

        @Test
        void a_field_that_is_too_long() {
            assertThat(postWith("sender", "\"" + "a".repeat(201) + "\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about("sender");
            assertThat(postWith("recipient", "\"" + "a".repeat(65) + "\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about("recipient");
            assertThat(postWith("metadata", "{\"a\":\"" + "a".repeat(8192) + "\"}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("metadata");
        }

        @Test
        void several_fields_at_once_each_by_its_name() {
            assertThat(api.post("/api/v1/messages", "{\"sender\":\"a\\u0000b\"}"))
                    .isProblem(422, "INVALID_FIELD")
                    .says("content is missing: what is the message? (and 2 more, see errors)")
                    .about(
                            error("content", "is missing: what is the message?"),
                            error("recipient", "is missing: whom is the message for?"),
                            error("sender", "must not hold control characters or half surrogate pairs"));
        }

        @Test
        void a_recipient_whom_nobody_knows() {
            assertThat(postWith("recipient", "\"agent-7\""))
                    .isProblem(404, "UNKNOWN_RECIPIENT")
                    .says("there is no recipient 'agent-7'")
                    .says("/api/v1/recipients")
                    .aboutNoField();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Agent-1", " agent-1", "agent-1 ", "agent-1\\u0000", "../agent-1", "\\ud800", "*"})
        void a_recipient_who_is_only_similar(String name) {
            assertThat(postWith("recipient", "\"" + name + "\"")).isProblem(404, "UNKNOWN_RECIPIENT");
        }

        @Test
        void content_of_one_byte_too_many() {
            assertThat(postWith("content", "\"" + "a".repeat(65_537) + "\""))
                    .isProblem(413, "TOO_LARGE")
                    .about("content", "is longer than 65536 bytes of UTF-8");
        }

        @Test
        void content_that_is_too_long_in_bytes_though_not_in_characters() {
            assertThat(postWith("content", "\"" + "中".repeat(21_846) + "\""))
                    .isProblem(413, "TOO_LARGE")
                    .about("content");
        }
    }

    @Nested
    class Accepted {

        @Test
        void the_longest_content() {
            postWith("content", "\"" + "a".repeat(65_536) + "\"").then().statusCode(202);
        }

        @Test
        void the_longest_content_also_when_its_JSON_is_six_times_as_long() {
            postWith("content", "\"" + "\\u0061".repeat(65_536) + "\"").then().statusCode(202);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sender", "priority", "deliverAfter", "expiresAt", "metadata"})
        void null_for_what_is_not_required(String field) {
            postWith(field, "null").then().statusCode(202);
        }

        @Test
        void a_time_with_an_offset() {
            String nextAttemptAt = postWith("deliverAfter", "\"2030-01-01T12:00:00.1234567+02:00\"")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("nextAttemptAt");

            assertThat(nextAttemptAt).isEqualTo("2030-01-01T10:00:00.123456Z");
        }
    }

    @Nested
    class Asked_for {

        @ParameterizedTest
        @ValueSource(strings = {"msg_20261121_190500_1a2b3c4d", "nonsense", "msg_20261121_190500_1a2b3c4d'--"})
        void a_message_that_does_not_exist(String id) {
            assertThat(api.call().get("/api/v1/messages/{id}", id))
                    .isProblem(404, "UNKNOWN_MESSAGE")
                    .says(id);
            assertThat(api.call().get("/api/v1/messages/{id}/attempts", id)).isProblem(404, "UNKNOWN_MESSAGE");
        }

        @ParameterizedTest(name = "{0}={1}")
        @CsvSource(delimiter = '|', textBlock = """
                        state  | pending     | is 'pending', expected one of PENDING, PROCESSING, DELIVERED, FAILED, UNCONFIRMED, CANCELLED, EXPIRED
                        state  | LOST        | is 'LOST', expected one of PENDING, PROCESSING, DELIVERED, FAILED, UNCONFIRMED, CANCELLED, EXPIRED
                        limit  | 0           | must be at least 1
                        limit  | -1          | must be at least 1
                        limit  | 201         | must be at most 200
                        limit  | many        | is 'many', expected a whole number
                        limit  | 1.5         | is '1.5', expected a whole number
                        limit  | 99999999999 | is '99999999999', expected a whole number
                        cursor | x           | is not one that a list gave as nextCursor
                        cursor | é           | is not one that a list gave as nextCursor
                        cursor | MTI         | is not one that a list gave as nextCursor
                        cursor | YmVmb3JlOng | is not one that a list gave as nextCursor
                        """)
        void a_list_that_cannot_be_made(String parameter, String value, String detail) {
            assertThat(api.call().queryParam(parameter, value).get("/api/v1/messages"))
                    .isProblem(422, "INVALID_FIELD")
                    .about(parameter, detail);
        }

        @Test
        void a_list_with_all_parameters_empty_is_the_whole_list() {
            api.send("agent-1", "hello");

            assertThat(api.get("/api/v1/messages?state=&recipient=&sender=&cursor=&limit=")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("messages"))
                    .hasSize(1);
        }
    }

    private Response postWith(String field, String value) {
        String recipient = field.equals("recipient") ? "" : "\"recipient\":\"agent-1\",";
        String content = field.equals("content") ? "" : "\"content\":\"hello\",";
        return api.post("/api/v1/messages", "{" + recipient + content + "\"" + field + "\":" + value + "}");
    }

    private static Map<String, String> error(String field, String detail) {
        return Map.of("field", field, "detail", detail);
    }
}
