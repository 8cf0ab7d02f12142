package dev.deskpost.message;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be wrong with a decision, a batch or a broadcast, said so that the caller can mend it. */
@RunningService
class DecisionProblemsTest {

    private static final String A_TIME = "expected a time such as 2026-11-21T19:10:00Z";

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @BeforeEach
    void somebodyToWriteTo() {
        api.addRecipient("agent-1");
    }

    @Nested
    class About_one_message {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "msg_20261121_190500_1a2b3c4d",
                    "nonsense",
                    "msg_20261121_190500_1a2b3c4d'--",
                    "mäßig 🚀",
                    "*",
                    "retry"
                })
        void that_does_not_exist(String id) {
            assertThat(api.call().delete("/api/v1/messages/{id}", id))
                    .isProblem(404, "UNKNOWN_MESSAGE")
                    .says(id);
            assertThat(api.call().post("/api/v1/messages/{id}/retry", id)).isProblem(404, "UNKNOWN_MESSAGE");
            assertThat(api.call()
                            .contentType("application/json")
                            .body("{\"delivered\":true}")
                            .post("/api/v1/messages/{id}/resolve", id))
                    .isProblem(404, "UNKNOWN_MESSAGE");
            assertThat(api.call().get("/api/v1/broadcasts/{id}", id))
                    .isProblem(404, "UNKNOWN_BROADCAST")
                    .says(id);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        {}                               | delivered | is missing: did it arrive, true or false?
                        {"delivered":null}               | delivered | is missing: did it arrive, true or false?
                        {"delivered":"yes"}              | delivered | is of another type, expected true or false
                        {"delivered":"true"}             | delivered | is of another type, expected true or false
                        {"delivered":1}                  | delivered | is '1', expected true or false
                        {"delivered":[true]}             | delivered | is of another type, expected true or false
                        {"delivered":true,"because":"x"} | because   | is not known here; known are delivered
                        """)
        void that_is_resolved_in_words_which_nobody_understands(String body, String field, String detail) {
            String id = api.send("agent-1", "hello");
            executor.doubts();

            assertThat(api.post("/api/v1/messages/" + id + "/resolve", body))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, detail);
            assertThat(api.get("/api/v1/messages/" + id).<String>path("state")).isEqualTo("UNCONFIRMED");
        }

        @Test
        void that_is_resolved_without_a_word() {
            String id = api.send("agent-1", "hello");

            assertThat(api.post("/api/v1/messages/" + id + "/resolve", "")).isProblem(400, "UNREADABLE_JSON");
            assertThat(api.post("/api/v1/messages/" + id + "/resolve", "{\"delivered\":true}"))
                    .isProblem(409, "WRONG_STATE")
                    .says("is PENDING; only one that is UNCONFIRMED can be resolved");
        }
    }

    @Nested
    class About_many_messages {

        @ParameterizedTest(name = "{1} in {0}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        state          | "DELIVERED"  | is 'DELIVERED', expected one of FAILED, UNCONFIRMED
                        state          | "failed"     | is 'failed', expected one of FAILED, UNCONFIRMED
                        state          | ["FAILED"]   | is of another type, expected one of FAILED, UNCONFIRMED
                        recipient      | 5            | is '5', expected a text
                        recipient      | ["agent-1"]  | is of another type, expected a text
                        recipient      | ""           | must have 1 to 64 characters
                        recipient      | "a\\u0000"   | must not hold control characters or half surrogate pairs
                        sender         | ""           | must have 1 to 200 characters
                        sender         | "\\ud83d"    | must not hold control characters or half surrogate pairs
                        failureCode    | "no window"  | is no failure code, such as WINDOW_NOT_FOUND
                        failureCode    | ""           | is no failure code, such as WINDOW_NOT_FOUND
                        failureCode    | 404          | is '404', expected a text
                        acceptedAfter  | "yesterday"  | is 'yesterday', A_TIME
                        acceptedBefore | 1795286400   | is of another type, A_TIME
                        limit          | 0            | must be 1 to 10000
                        limit          | -1           | must be 1 to 10000
                        limit          | 10001        | must be 1 to 10000
                        limit          | 1.5          | is '1.5', expected a whole number
                        limit          | "10"         | is of another type, expected a whole number
                        limit          | 99999999999  | is out of range, expected a whole number
                        dryRun         | "true"       | is of another type, expected true or false
                        dryRun         | 1            | is '1', expected true or false
                        state_         | "FAILED"     | is not known here; known are acceptedAfter, acceptedBefore, dryRun, failureCode, limit, recipient, sender, state
                        """)
        void in_words_which_nobody_understands(String field, String value, String detail) {
            String id = api.send("agent-1", "hello");
            executor.fails("WINDOW_NOT_FOUND");

            assertThat(api.post("/api/v1/messages/retry", "{\"" + field + "\":" + value + "}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, detail.replace("A_TIME", A_TIME));
            assertThat(api.get("/api/v1/messages/" + id).<String>path("state")).isEqualTo("FAILED");
        }

        @Test
        void without_a_word() {
            assertThat(api.post("/api/v1/messages/retry", "")).isProblem(400, "UNREADABLE_JSON");
            assertThat(api.post("/api/v1/messages/retry", "[]")).isProblem(400, "UNREADABLE_JSON");
        }

        @Test
        void times_before_all_messages_and_after_them() {
            api.send("agent-1", "hello");
            executor.fails("WINDOW_NOT_FOUND");
            String never = "+1000000000-12-31T23:59:59.999999999Z";
            String ever = "-1000000000-01-01T00:00:00Z";

            assertThat(matched(never, never)).isZero();
            assertThat(matched(ever, ever)).isZero();
            assertThat(matched(ever, never)).isOne();
        }

        private int matched(String after, String before) {
            return api.post(
                            "/api/v1/messages/retry",
                            "{\"dryRun\":true,\"acceptedAfter\":\"" + after + "\",\"acceptedBefore\":\"" + before
                                    + "\"}")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("matched");
        }
    }

    @Nested
    class In_a_batch {

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        {}                      | messages            | is missing or empty: 1 to 500 messages are expected
                        {"messages":null}       | messages            | is missing or empty: 1 to 500 messages are expected
                        {"messages":[]}         | messages            | is missing or empty: 1 to 500 messages are expected
                        {"messages":{}}         | messages            | is of another type, expected a list
                        {"messages":"hello"}    | messages            | is of another type, expected a list
                        {"messages":["hello"]}  | messages[0]         | is of another type, expected an object
                        {"messages":[null]}     | messages[0]         | is null: a message is expected
                        {"messages":[{"recipient":"agent-1","content":"a"},{"recipient":"agent-1","content":5}]} | messages[1].content | is '5', expected a text
                        {"messages":[{"recipient":"agent-1","content":"a","colour":"red"}]} | messages[0].colour | is not known here; known are content, deliverAfter, expiresAt, metadata, priority, recipient, sender
                        {"messages":[],"sender":"me"} | sender        | is not known here; known are messages
                        """)
        void something_is_wrong(String body, String field, String detail) {
            assertThat(api.post("/api/v1/messages/batch", body))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, detail);
            assertThat(api.get("/api/v1/messages").jsonPath().getList("messages"))
                    .isEmpty();
        }

        @Test
        void a_bare_list_is_no_batch() {
            assertThat(api.post("/api/v1/messages/batch", "[{\"recipient\":\"agent-1\",\"content\":\"hello\"}]"))
                    .isProblem(400, "UNREADABLE_JSON");
        }
    }

    @Nested
    class In_a_broadcast {

        private static final String LIST = "a list of ids is expected, or \"*\" for all enabled recipients";

        @ParameterizedTest(name = "{1} in {0}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        recipients    | null        | is missing: LIST
                        recipients    | []          | is empty: LIST
                        recipients    | ""          | is '': LIST
                        recipients    | "agent-1"   | is 'agent-1': LIST
                        recipients    | {"a":1}     | is of another type: LIST
                        recipients    | 5           | is of another type: LIST
                        recipients    | true        | is of another type: LIST
                        content       | null        | is missing: what is the message?
                        content       | ["a"]       | is of another type, expected a text
                        sender        | "a\\nb"     | must not hold control characters or half surrogate pairs
                        priority      | "soon"      | is 'soon', expected one of urgent, high, normal
                        deliverAfter  | "soon"      | is 'soon', A_TIME
                        expiresAt     | "2020-01-01T00:00:00Z" | is in the past: it would never be delivered
                        metadata      | []          | is of another type, expected an object
                        recipient     | "agent-1"   | is not known here; known are content, deliverAfter, expiresAt, metadata, priority, recipients, sender
                        """)
        void something_is_wrong(String field, String value, String detail) {
            String recipients = field.equals("recipients") ? "" : "\"recipients\":[\"agent-1\"],";
            String content = field.equals("content") ? "" : "\"content\":\"hello\",";

            assertThat(api.post("/api/v1/broadcasts", "{" + recipients + content + "\"" + field + "\":" + value + "}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, detail.replace("LIST", LIST).replace("A_TIME", A_TIME));
            assertThat(api.get("/api/v1/messages").jsonPath().getList("messages"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Agent-1", " agent-1", "agent-1\\u0000", "../agent-1", "\\ud800", "*", ""})
        void somebody_is_only_similar(String name) {
            assertThat(api.post("/api/v1/broadcasts", "{\"recipients\":[\"" + name + "\"],\"content\":\"hello\"}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("recipients[0]");
        }

        @Test
        void the_content_is_too_long() {
            assertThat(api.post(
                            "/api/v1/broadcasts",
                            "{\"recipients\":[\"agent-1\"],\"content\":\"" + "a".repeat(65_537) + "\"}"))
                    .isProblem(413, "TOO_LARGE")
                    .about("content", "is longer than 65536 bytes of UTF-8");
        }
    }
}
