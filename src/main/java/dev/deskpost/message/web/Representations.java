package dev.deskpost.message.web;

import dev.deskpost.message.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Messages as bytes, with the tag by which one version of them is told from another (RFC 9110, section 8.8.3). */
@Component
class Representations {

    /** Half of a SHA-256: nobody gains anything by making two versions look alike. */
    private static final int TAG_BYTES = 16;

    private static final String WEAK = "W/";

    private final ObjectMapper json;

    Representations(ObjectMapper json) {
        this.json = json;
    }

    /** @param tag with its quotes */
    record Representation(String json, String tag) {

        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }

        /** Whether one of those that a caller has is this one; compared weakly, as If-None-Match is. */
        boolean isAmong(List<String> tags) {
            return tags.stream()
                    .map(each -> each.startsWith(WEAK) ? each.substring(WEAK.length()) : each)
                    .anyMatch(each -> each.equals("*") || each.equals(tag));
        }
    }

    Representation of(Message message) {
        String text = json.writeValueAsString(MessageView.of(message));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Representation(text, "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Becomes a 304 on its way out if the caller has this version. */
    ResponseEntity<byte[]> ok(Message message) {
        Representation representation = of(message);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(representation.tag())
                .body(representation.bytes());
    }
}
