package dev.deskpost.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.deskpost.receipt.HookEvent.Blocked;
import dev.deskpost.receipt.HookEvent.Busy;
import dev.deskpost.receipt.HookEvent.Ended;
import dev.deskpost.receipt.HookEvent.Idle;
import dev.deskpost.receipt.HookEvent.Malformed;
import dev.deskpost.receipt.HookEvent.Other;
import dev.deskpost.receipt.HookEvent.Prompt;
import dev.deskpost.receipt.HookEvent.Received;
import dev.deskpost.receipt.HookFormats.Heard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the bodies of agents' hooks mean; those in the resources are as the agents send them. */
class HookFormatsTest {

    private static final String TEXT = "Please review PR 17\n\n[deskpost msg_20261121_190500_1a2b3c4d]";

    private final HookFormats formats = new HookFormats(new JsonMapper());

    static final Arguments[] BODIES = {
        arguments("claude-code-prompt", Source.CLAUDE_CODE, new Prompt(TEXT)),
        arguments("claude-code-pre-tool-use", Source.CLAUDE_CODE, new Busy(false)),
        arguments("claude-code-stop", Source.CLAUDE_CODE, new Idle()),
        arguments("claude-code-subagent-stop", Source.CLAUDE_CODE, new Other()),
        arguments("claude-code-permission-request", Source.CLAUDE_CODE, new Blocked()),
        arguments("claude-code-notification-permission", Source.CLAUDE_CODE, new Blocked()),
        arguments("claude-code-notification-idle", Source.CLAUDE_CODE, new Idle()),
        arguments("claude-code-notification-old", Source.CLAUDE_CODE, new Blocked()),
        arguments("claude-code-notification-auth", Source.CLAUDE_CODE, new Other()),
        arguments("claude-code-session-start-compact", Source.CLAUDE_CODE, new Other()),
        arguments("claude-code-session-end", Source.CLAUDE_CODE, new Ended()),
        arguments("cursor-prompt", Source.CURSOR, new Prompt(TEXT)),
        arguments("cursor-shell", Source.CURSOR, new Busy(false)),
        arguments("cursor-stop", Source.CURSOR, new Idle()),
        arguments("codex-prompt", Source.CODEX, new Prompt(TEXT)),
        arguments("codex-stop", Source.CODEX, new Idle()),
        arguments("gemini-cli-prompt", Source.GEMINI_CLI, new Prompt(TEXT)),
        arguments("gemini-cli-before-tool", Source.GEMINI_CLI, new Busy(false)),
        arguments("gemini-cli-after-agent", Source.GEMINI_CLI, new Idle()),
        arguments("gemini-cli-notification", Source.GEMINI_CLI, new Blocked()),
        arguments("plain-received", Source.PLAIN, new Received("msg_20261121_190500_1a2b3c4d")),
    };

    @ParameterizedTest(name = "{0}")
    @FieldSource("BODIES")
    void agents_are_understood(String body, Source source, HookEvent event) throws IOException {
        Heard heard = formats.read(captured(body));
        assertThat(heard.source()).isEqualTo(source);
        assertThat(heard.events()).containsExactly(event);
    }

    @Test
    void codex_reports_the_prompts_of_a_turn_when_it_is_over() throws IOException {
        Heard heard = formats.read(captured("codex-notify"));

        assertThat(heard.source()).isEqualTo(Source.CODEX);
        assertThat(heard.events()).containsExactly(new Prompt(TEXT), new Prompt("and be quick"), new Idle());
    }

    @Test
    void of_a_whole_conversation_only_the_end_is_looked_at() {
        String all = IntStream.range(0, 5000)
                .mapToObj(i -> "\"prompt " + i + "\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();

        assertThat(read("{\"type\":\"agent-turn-complete\",\"input-messages\":[" + all + "]}")
                        .events())
                .hasSize(21)
                .contains(new Prompt("prompt 4999"), new Prompt("prompt 4980"))
                .doesNotContain(new Prompt("prompt 4979"));
    }

    @Test
    void the_name_of_an_event_may_stand_in_either_spelling_of_its_field() {
        assertThat(read("{\"hookEventName\":\"Stop\"}").events()).containsExactly(new Idle());
        assertThat(read("\uFEFF{\"hook_event_name\":\"Stop\"}").events()).containsExactly(new Idle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hook_event_name\":\"SomethingNew\",\"prompt\":\"x\"}",
                "{\"hook_event_name\":\"userpromptsubmit\",\"prompt\":\"x\"}",
                "{\"hook_event_name\":\"Notification\"}",
                "{\"hook_event_name\":\"Notification\",\"notification_type\":\"new\",\"message\":\"needs your permission\"}",
                "{\"event\":\"dances\"}",
            })
    void what_is_not_known_says_nothing(String body) {
        assertThat(read(body).events()).containsExactly(new Other());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "17",
                "\"Stop\"",
                "{}",
                "{",
                "{\"hook_event_name\":\"Stop\"}}",
                "{\"hook_event_name\":[\"Stop\"]}",
                "{\"hook_event_name\":\"UserPromptSubmit\"}",
                "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":null}",
                "{\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":{\"text\":\"x\"}}",
                "{\"event\":\"received\"}",
                "{\"event\":\"received\",\"messageId\":7}",
                "{\"event\":true}",
                "event=received",
                "\u0000",
            })
    void what_is_malformed_is_called_so(String body) {
        assertThat(read(body).events()).singleElement().isInstanceOf(Malformed.class);
    }

    @Test
    void hostile_bodies_are_malformed_too() {
        assertThat(read("[".repeat(500_000)).events()).singleElement().isInstanceOf(Malformed.class);
        assertThat(read("{\"a\":".repeat(100_000)).events()).singleElement().isInstanceOf(Malformed.class);
        assertThat(read("{\"n\":" + "9".repeat(1_000_000) + "}").events())
                .singleElement()
                .isInstanceOf(Malformed.class);
        assertThat(formats.read(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                        .events())
                .singleElement()
                .isInstanceOf(Malformed.class);
    }

    private Heard read(String body) {
        return formats.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] captured(String name) throws IOException {
        try (InputStream body = HookFormatsTest.class.getResourceAsStream(name + ".json")) {
            return Objects.requireNonNull(body, name).readAllBytes();
        }
    }

    @Test
    void a_field_that_is_there_twice_is_the_tools_business() {
        HookFormats asConfigured = new HookFormats(JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        String body = "{\"hook_event_name\":\"PermissionRequest\",\"tool_input\":{\"path\":\"a\",\"path\":\"b\"}}";

        assertThat(asConfigured.read(body.getBytes(StandardCharsets.UTF_8)).events())
                .containsExactly(new Blocked());
    }

    @Test
    void a_session_is_told_by_a_hash_of_its_name_whatever_that_is() {
        String endless = "x".repeat(100_000) + " \u0000";

        assertThat(session("session_id", endless)).hasSize(32).isEqualTo(session("conversation_id", endless));
        assertThat(session("session_id", endless)).isNotEqualTo(session("session_id", "another"));
        assertThat(session("thread-id", "x")).isNotNull();
        assertThat(session("session_id", "")).isNull();
        assertThat(session("whatever", "x")).isNull();
    }

    private @Nullable String session(String field, String name) {
        return formats.read(JsonMapper.shared()
                        .createObjectNode()
                        .put("hook_event_name", "Stop")
                        .put(field, name)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .session();
    }
}
