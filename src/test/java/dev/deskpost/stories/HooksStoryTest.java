package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.Executor;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code POST /api/v1/recipients/{id}/hooks}: what agents' hooks report, and that they never hear of any trouble. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class HooksStoryTest {

    private static final String HOOKS = "/api/v1/recipients/agent-1/hooks";

    @Autowired
    Api api;

    @Autowired
    Executor executor;

    @BeforeEach
    void two_agents() {
        addRecipient("agent-1");
        addRecipient("agent-2");
    }

    private void addRecipient(String id) {
        api.put("/api/v1/recipients/" + id, """
                {"window":{"title":"%s"},"confirmation":{"by":"receipt"}}
                """.formatted(id));
    }

    @Nested
    class A_receipt {

        @Test
        void that_comes_late_delivers_the_message() {
            String id = unconfirmed("agent-1", "Please review PR 17");
            message(id).then().body("state", equalTo("UNCONFIRMED"));

            hook(prompt("Please review PR 17\\n\\n[deskpost " + id + "]"));

            message(id)
                    .then()
                    .body("state", equalTo("DELIVERED"))
                    .body("evidence", equalTo("RECEIPT"))
                    .body("channel", equalTo("WINDOW"))
                    .body("verdict", nullValue())
                    .body("failure", nullValue());
        }

        @Test
        void of_a_script_does_so_too() {
            String id = unconfirmed("agent-1", "hello");

            hook("{\"event\":\"received\",\"messageId\":\"" + id + "\"}");

            message(id).then().body("state", equalTo("DELIVERED")).body("evidence", equalTo("RECEIPT"));
        }

        @Test
        void of_a_script_for_another_recipients_message_says_nothing() {
            String id = unconfirmed("agent-2", "hello");

            hook("{\"event\":\"received\",\"messageId\":\"" + id + "\"}");

            message(id).then().body("state", equalTo("UNCONFIRMED")).body("verdict", nullValue());
        }

        @Test
        void of_a_part_of_the_text_says_why_nobody_knows() {
            String id = unconfirmed("agent-1", "Please review PR 17");

            hook(prompt("review PR 17\\n\\n[deskpost " + id + "]"));

            message(id)
                    .then()
                    .body("state", equalTo("UNCONFIRMED"))
                    .body("verdict", equalTo("TRUNCATED"))
                    .body("failure.code", equalTo("TRUNCATED"));
            api.post("/api/v1/messages/" + id + "/retry", "")
                    .then()
                    .statusCode(202)
                    .body("verdict", nullValue());
        }

        @Test
        void with_a_draft_or_another_message_says_so_of_each() {
            String one = unconfirmed("agent-1", "Please review PR 17");
            String two = unconfirmed("agent-1", "And PR 18");
            String three = unconfirmed("agent-1", "And PR 19");

            hook(prompt("Please review PR 17\\n\\n[deskpost " + one + "]And PR 18\\n\\n[deskpost " + two + "]"));
            hook(prompt("my draftAnd PR 19\\n\\n[deskpost " + three + "]"));

            for (String id : new String[] {one, two, three}) {
                message(id).then().body("state", equalTo("UNCONFIRMED")).body("verdict", equalTo("MERGED"));
            }
        }

        @Test
        void from_another_recipient_is_a_misroute() {
            String id = unconfirmed("agent-2", "Please review PR 17");

            hook(prompt("What became of " + id + "?"));
            message(id).then().body("verdict", nullValue());
            hook(prompt("Please review PR 17\\n\\n[deskpost " + id + "]"));

            message(id)
                    .then()
                    .body("state", equalTo("UNCONFIRMED"))
                    .body("verdict", equalTo("MISROUTED"))
                    .body("failure.code", equalTo("MISROUTED"));
        }

        @Test
        void that_is_forged_is_refused_and_changes_nothing() {
            String id = unconfirmed("agent-1", "hello");
            String body = "{\"event\":\"received\",\"messageId\":\"" + id + "\"}";

            assertThat(api.callWithoutToken().body(body).post(HOOKS)).isProblem(401, "UNAUTHORIZED");
            assertThat(api.callWithoutToken()
                            .header("Authorization", "Bearer " + "x".repeat(43))
                            .body(body)
                            .post(HOOKS))
                    .isProblem(401, "UNAUTHORIZED");

            message(id).then().body("state", equalTo("UNCONFIRMED"));
        }
    }

    @Nested
    class An_activity {

        @Test
        void is_shown_with_the_recipient_and_ends() {
            shown().then().body("activity", nullValue());

            hook("{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"do this\"}");
            shown().then()
                    .body("activity.state", equalTo("BUSY"))
                    .body("activity.since", notNullValue())
                    .body("activity.until", notNullValue());
            hook("{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":\"Bash\"}");
            shown().then().body("activity.state", equalTo("BLOCKED"));
            hook("{\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Bash\"}");
            shown().then().body("activity.state", equalTo("BUSY"));
            hook("{\"hook_event_name\":\"Stop\"}");
            shown().then().body("activity.state", equalTo("IDLE")).body("activity.until", nullValue());
        }

        @Test
        void is_shown_in_the_list() {
            hook("{\"event\":\"blocked\"}");

            api.get("/api/v1/recipients")
                    .then()
                    .body("recipients[0].activity.state", equalTo("BLOCKED"))
                    .body("recipients[1].activity", nullValue());
        }

        @Test
        void does_not_hinder_who_puts_back_what_was_shown() {
            hook("{\"event\":\"busy\"}");

            api.put("/api/v1/recipients/agent-1", shown().asString())
                    .then()
                    .statusCode(200)
                    .body("activity.state", equalTo("BUSY"));
        }

        @Test
        void goes_with_the_recipient() {
            hook("{\"event\":\"busy\"}");
            api.delete("/api/v1/recipients/agent-1").then().statusCode(204);
            api.addRecipient("agent-1");

            shown().then().body("activity", nullValue());
        }
    }

    @Nested
    class Whatever_is_sent {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "not json",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{\"hook_event_name\":\"NobodyKnowsIt\"}",
                    "{\"hook_event_name\":\"Stop\",\"hook_event_name\":\"Stop\"}",
                    "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"\\u0000 \\ud800\"}",
                    "{\"event\":\"received\",\"messageId\":\"\\u0000\"}",
                    "{\"event\":\"received\",\"messageId\":\"msg_20261121_190500_00000000\"}",
                    "{\"event\":\"received\",\"messageId\":1e999999999}",
                })
        void is_answered_with_nothing_and_changes_nothing(String body) {
            String id = unconfirmed("agent-1", "hello there");

            hook(body);

            message(id).then().body("state", equalTo("UNCONFIRMED")).body("verdict", nullValue());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/json;charset=nonsense",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "image/png",
                    "nonsense",
                    "/;=",
                })
        void counts_also_with_another_content_type(String type) {
            assertThat(api.sendRaw("POST", HOOKS, "Content-Type: " + type, "{\"event\":\"idle\"}")
                            .status())
                    .isEqualTo(204);
            shown().then().body("activity.state", equalTo("IDLE"));
        }

        @Test
        void counts_also_without_a_content_type_and_with_a_strange_accept() {
            assertThat(api.sendRaw("POST", HOOKS, "Accept: nonsense", "{\"event\":\"idle\"}")
                            .status())
                    .isEqualTo(204);
            shown().then().body("activity.state", equalTo("IDLE"));
        }

        @Test
        void is_not_read_beyond_a_mebibyte_and_that_is_said_once(CapturedOutput output) {
            byte[] longest = padded(1 << 20);
            byte[] tooLong = padded((1 << 20) + 1);

            assertThat(api.sendInPieces("POST", HOOKS, longest).status()).isEqualTo(204);
            shown().then().body("activity.state", equalTo("IDLE"));
            String fresh = fresh();
            String hooks = "/api/v1/recipients/" + fresh + "/hooks";
            for (int i = 0; i < 3; i++) {
                assertThat(api.sendInPieces("POST", hooks, tooLong).status()).isEqualTo(204);
                api.call().body(tooLong).post(hooks).then().statusCode(204).body(emptyString());
            }
            api.get("/api/v1/recipients/" + fresh).then().body("activity", nullValue());
            assertThat(output.getOut().split("hook of " + fresh + " is longer than is read", -1))
                    .hasSize(2);
        }

        @Test
        void is_complained_of_once_and_never_repeated(CapturedOutput output) {
            String fresh = fresh();
            for (int i = 0; i < 5; i++) {
                api.call()
                        .body("{\"secret\":\"s3cr3t\u001b[2J\"}")
                        .post("/api/v1/recipients/" + fresh + "/hooks")
                        .then()
                        .statusCode(204);
            }

            assertThat(output.getOut().split("hook of " + fresh + " ", -1)).hasSize(2);
            assertThat(output.getOut()).doesNotContain("s3cr3t").doesNotContain("\u001b[2J");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nobody",
                    "no%20body",
                    "%F0%9F%9A%80",
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                })
        void for_nobody_is_answered_the_same(String recipient) {
            assertThat(api.sendRaw("POST", "/api/v1/recipients/" + recipient + "/hooks", "Accept: */*", "{}")
                            .status())
                    .isEqualTo(204);
        }

        @Test
        void by_another_method_is_refused() {
            api.get(HOOKS).then().statusCode(405);
            api.put(HOOKS, "{}").then().statusCode(405);
        }

        @Test
        void is_answered_soon() {
            String deep = "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"" + "a".repeat(1_000_000) + "\"}";

            long millis = hook(deep).timeIn(TimeUnit.MILLISECONDS);

            assertThat(millis).isLessThan(5_000);
        }

        /** One of whom nobody has complained yet: what was said is remembered for as long as the process lives. */
        private String fresh() {
            String id = "agent-" + UUID.randomUUID();
            api.addRecipient(id);
            return id;
        }

        private byte[] padded(int length) {
            String body = "{\"event\":\"idle\"}";
            return (body + " ".repeat(length - body.length())).getBytes(StandardCharsets.UTF_8);
        }
    }

    private Response hook(String body) {
        Response response = api.call()
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(HOOKS);
        response.then().statusCode(204).body(emptyString());
        return response;
    }

    private static String prompt(String text) {
        return "{\"session_id\":\"s\",\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"" + text + "\"}";
    }

    private String unconfirmed(String recipient, String content) {
        String id = api.send(recipient, content);
        assertThat(executor.doubts()).isEqualTo(id);
        return id;
    }

    private Response message(String id) {
        return api.get("/api/v1/messages/" + id);
    }

    private Response shown() {
        return api.get("/api/v1/recipients/agent-1");
    }
}
