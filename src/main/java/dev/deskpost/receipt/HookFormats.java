package dev.deskpost.receipt;

import dev.deskpost.receipt.HookEvent.Blocked;
import dev.deskpost.receipt.HookEvent.Busy;
import dev.deskpost.receipt.HookEvent.Ended;
import dev.deskpost.receipt.HookEvent.Idle;
import dev.deskpost.receipt.HookEvent.Malformed;
import dev.deskpost.receipt.HookEvent.Other;
import dev.deskpost.receipt.HookEvent.Prompt;
import dev.deskpost.receipt.HookEvent.Received;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * The bodies that agents' hooks send, as the agents document them:
 *
 * <ul>
 *   <li>Claude Code: {@code UserPromptSubmit}, {@code Stop}, {@code Notification} and so on, in {@code hook_event_name}.
 *       Codex took the names over, and adds a {@code turn_id}.
 *   <li>Codex's older {@code notify}: {@code {"type":"agent-turn-complete","input-messages":[…]}} at the end of a turn.
 *   <li>Cursor: {@code beforeSubmitPrompt}, {@code stop}, {@code beforeShellExecution} …
 *   <li>Gemini CLI: {@code BeforeAgent}, {@code AfterAgent}, {@code BeforeTool}, {@code Notification} …
 *   <li>Scripts: {@code {"event":"received","messageId":"…"}}, or {@code busy}, {@code idle}, {@code blocked}.
 * </ul>
 *
 * <p>Names count as they are written. Whatever else is in a body is not looked at, and an event that is not in the table
 * says nothing: agents get new ones with each version.
 */
@Component
class HookFormats {

    /** Of a turn's prompts the last ones; some agents send the whole conversation. */
    private static final int PROMPTS = 20;

    private static final List<String> NAME_FIELDS = List.of("hook_event_name", "hookEventName");

    private static final Map<String, Function<JsonNode, HookEvent>> EVENTS = Map.ofEntries(
            event("UserPromptSubmit", HookFormats::prompt),
            event("PreToolUse", body -> new Busy(false)),
            event("PostToolUse", body -> new Busy(true)),
            event("PostToolUseFailure", body -> new Busy(true)),
            event("PermissionRequest", body -> new Blocked()),
            event("PermissionDenied", body -> new Busy(true)),
            event("Notification", HookFormats::notification),
            event("Stop", body -> new Idle()),
            event("StopFailure", body -> new Idle()),
            event("SessionStart", HookFormats::sessionStart),
            event("SessionEnd", body -> new Ended()),
            // Cursor
            event("beforeSubmitPrompt", HookFormats::prompt),
            event("preToolUse", body -> new Busy(false)),
            event("postToolUse", body -> new Busy(true)),
            event("postToolUseFailure", body -> new Busy(true)),
            event("beforeShellExecution", body -> new Busy(false)),
            event("afterShellExecution", body -> new Busy(true)),
            event("beforeMCPExecution", body -> new Busy(false)),
            event("afterMCPExecution", body -> new Busy(true)),
            event("beforeReadFile", body -> new Busy(false)),
            event("afterFileEdit", body -> new Busy(true)),
            event("stop", body -> new Idle()),
            event("sessionStart", HookFormats::sessionStart),
            event("sessionEnd", body -> new Ended()),
            // Gemini CLI
            event("BeforeAgent", HookFormats::prompt),
            event("BeforeTool", body -> new Busy(false)),
            event("AfterTool", body -> new Busy(true)),
            event("AfterAgent", body -> new Idle()));

    private static final Set<String> CURSORS = Set.of(
            "beforeSubmitPrompt",
            "preToolUse",
            "postToolUse",
            "postToolUseFailure",
            "beforeShellExecution",
            "afterShellExecution",
            "beforeMCPExecution",
            "afterMCPExecution",
            "beforeReadFile",
            "afterFileEdit",
            "stop",
            "sessionStart",
            "sessionEnd");

    private static final Set<String> GEMINIS = Set.of("BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent");

    /** By what agents name the session: Claude Code, Codex and Gemini CLI; Cursor; Codex's older {@code notify}. */
    private static final List<String> SESSION_FIELDS = List.of("session_id", "conversation_id", "thread-id");

    private final ObjectReader json;

    /** What a tool's arguments hold is not ours to be strict about: a field may be there twice. */
    HookFormats(ObjectMapper json) {
        this.json = json.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * @param session a hash of what the agent calls its session; null if it names none
     * @param events in their order; at least one
     */
    record Heard(Source source, @Nullable String session, List<HookEvent> events) {

        static Heard malformed(String fault) {
            return new Heard(Source.PLAIN, null, List.of(new Malformed(fault)));
        }
    }

    /** Never fails: what cannot be read says so. */
    Heard read(byte[] body) {
        JsonNode tree;
        try {
            tree = json.readTree(body);
        } catch (JacksonException e) {
            return Heard.malformed("is no JSON");
        }
        if (!tree.isObject()) {
            return Heard.malformed("is empty, or no JSON object");
        }
        if ("agent-turn-complete".equals(text(tree, "type"))) {
            return turnComplete(tree);
        }
        String name = NAME_FIELDS.stream()
                .map(field -> text(tree, field))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        if (name.isEmpty()) {
            return plain(tree);
        }
        HookEvent event = EVENTS.getOrDefault(name, other -> new Other()).apply(tree);
        return new Heard(source(tree, name), session(tree), List.of(event));
    }

    /** Of one length, whatever stands there. */
    private static @Nullable String session(JsonNode body) {
        return SESSION_FIELDS.stream()
                .map(field -> text(body, field))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .map(hash -> hash.toString().replace("-", ""))
                .orElse(null);
    }

    private static Source source(JsonNode body, String event) {
        if (CURSORS.contains(event) || body.has("conversation_id")) {
            return Source.CURSOR;
        }
        if (GEMINIS.contains(event) || "ToolPermission".equals(text(body, "notification_type"))) {
            return Source.GEMINI_CLI;
        }
        return body.has("turn_id") ? Source.CODEX : Source.CLAUDE_CODE;
    }

    private static Heard plain(JsonNode body) {
        String messageId = text(body, "messageId");
        HookEvent event = switch (text(body, "event")) {
            case "" -> new Malformed("names no event");
            case "received" ->
                messageId.isEmpty() ? new Malformed("says 'received' without a messageId") : new Received(messageId);
            case "busy" -> new Busy(true);
            case "idle" -> new Idle();
            case "blocked" -> new Blocked();
            default -> new Other();
        };
        return new Heard(Source.PLAIN, session(body), List.of(event));
    }

    private static Heard turnComplete(JsonNode body) {
        List<HookEvent> events = new ArrayList<>();
        List<JsonNode> prompts = body.path("input-messages").valueStream().toList();
        prompts.subList(Math.max(0, prompts.size() - PROMPTS), prompts.size()).stream()
                .filter(JsonNode::isString)
                .map(prompt -> new Prompt(prompt.stringValue()))
                .forEach(events::add);
        events.add(new Idle());
        return new Heard(Source.CODEX, session(body), events);
    }

    private static HookEvent prompt(JsonNode body) {
        return body.path("prompt").isString()
                ? new Prompt(body.path("prompt").stringValue())
                : new Malformed("reports a prompt without its text");
    }

    /** After a conversation was compacted its turn goes on. */
    private static HookEvent sessionStart(JsonNode body) {
        return "compact".equals(text(body, "source")) ? new Other() : new Idle();
    }

    /** Older versions of Claude Code say only in words what they want. */
    private static HookEvent notification(JsonNode body) {
        String message = text(body, "message");
        return switch (text(body, "notification_type")) {
            case "permission_prompt", "elicitation_dialog", "ToolPermission" -> new Blocked();
            case "idle_prompt" -> new Idle();
            case "" -> {
                if (Stream.of("needs your permission", "needs your approval").anyMatch(message::contains)) {
                    yield new Blocked();
                }
                yield message.contains("waiting for your input") ? new Idle() : new Other();
            }
            default -> new Other();
        };
    }

    /** Empty if there is no such text. */
    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    private static Map.Entry<String, Function<JsonNode, HookEvent>> event(
            String name, Function<JsonNode, HookEvent> meaning) {
        return Map.entry(name, meaning);
    }
}
