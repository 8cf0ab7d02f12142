package dev.deskpost.message.web;

import dev.deskpost.message.AcceptanceRate;
import dev.deskpost.message.Idempotency;
import dev.deskpost.message.Idempotency.Answer;
import dev.deskpost.message.NewMessage;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;

/**
 * The way of every call that brings messages in: once for each {@code Idempotency-Key}, checked, and no more of them than
 * one caller may bring. What a call is refused for leaves its key free.
 */
@Component
class Acceptance {

    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final Idempotency idempotency;
    private final AcceptanceRate rate;
    private final ObjectMapper json;
    private final ObjectMapper canonical;

    Acceptance(Idempotency idempotency, AcceptanceRate rate, ObjectMapper json) {
        this.idempotency = idempotency;
        this.rate = rate;
        this.json = json;
        this.canonical =
                json.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    }

    /** What was made, as the caller is told. */
    record Made(@Nullable String location, Object view) {}

    /**
     * @param request as it was read: two bodies that say the same are the same, whatever their spaces and the order of
     *     their fields
     * @param check gives the messages that are wanted, or says what is wrong with the request
     */
    Answer accept(
            HttpServletRequest http,
            Object request,
            Supplier<List<NewMessage>> check,
            Function<List<NewMessage>, Made> accept) {
        String caller = Optional.ofNullable(http.getUserPrincipal())
                .map(Principal::getName)
                .orElse("");
        Supplier<Answer> call = () -> {
            List<NewMessage> wanted = check.get();
            rate.take(caller, wanted.size());
            Made made = accept.apply(wanted);
            return new Answer(HttpStatus.ACCEPTED.value(), made.location(), json.writeValueAsString(made.view()));
        };
        return key(http)
                .map(name -> idempotency.once(new Idempotency.Key(caller, name), hash(http, request), call))
                .orElseGet(call);
    }

    static ResponseEntity<byte[]> response(Answer answer) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
        if (answer.location() != null) {
            response.location(URI.create(answer.location()));
        }
        return response.body(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> key(HttpServletRequest http) {
        List<String> given = Collections.list(http.getHeaders(KEY_HEADER));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !KEY.matcher(given.get(0)).matches()) {
            throw Problem.invalidFields(List.of(new FieldError(
                    KEY_HEADER,
                    given.size() > 1
                            ? "is given " + given.size() + " times: one is expected"
                            : "must be 1 to 255 visible ASCII characters without blanks, such as a UUID")));
        }
        return Optional.of(given.get(0));
    }

    private String hash(HttpServletRequest http, Object request) {
        String text = http.getMethod() + " " + Objects.requireNonNull(http.getRequestURI()) + "\n"
                + canonical.writeValueAsString(request);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
