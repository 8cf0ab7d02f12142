package dev.deskpost.message.web;

import dev.deskpost.message.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Messages as bytes, with the tag by which one version of them is told from another (RFC 9110, section 8.8.3). */
@Component
class Representations {

    /** Half of a SHA-256: nobody gains anything by making two versions look alike. */
    private static final int TAG_BYTES = 16;

    private static final String ANY = "*";

    /** One of the tags in a header; whether it is weak does not matter there. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")|\\*");

    private final ObjectMapper json;

    Representations(ObjectMapper json) {
        this.json = json;
    }

    /** @param tag with its quotes */
    record Representation(String json, String tag) {

        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }

        /** Whether it is one of those that a caller has: the value of If-None-Match (RFC 9110, section 13.1.2). */
        boolean isAmong(String present) {
            return TAG.matcher(present)
                    .results()
                    .anyMatch(each -> ANY.equals(each.group()) || tag.equals(each.group(1)));
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

    /** @param present the versions that the caller has, as If-None-Match says them */
    ResponseEntity<byte[]> answer(Message message, @Nullable String present) {
        Representation representation = of(message);
        if (present != null && representation.isAmong(present)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(representation.tag())
                    .build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(representation.tag())
                .body(representation.bytes());
    }
}
