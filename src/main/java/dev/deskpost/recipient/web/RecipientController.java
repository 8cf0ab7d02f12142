package dev.deskpost.recipient.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.deskpost.problem.Problem;
import dev.deskpost.problem.Problem.FieldError;
import dev.deskpost.recipient.Activity;
import dev.deskpost.recipient.ActivitySource;
import dev.deskpost.recipient.InboxCheck;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/recipients", produces = MediaType.APPLICATION_JSON_VALUE)
class RecipientController {

    private static final String ID_RULE =
            "must be 1 to 64 letters, digits, dots, dashes or underscores, and start with a letter or digit";

    private final Recipients recipients;
    private final List<ActivitySource> sources;
    private final List<InboxCheck> checks;

    RecipientController(
            Recipients recipients, ObjectProvider<ActivitySource> sources, ObjectProvider<InboxCheck> checks) {
        this.recipients = recipients;
        this.sources = sources.orderedStream().toList();
        this.checks = checks.orderedStream().toList();
    }

    /** A recipient as it is shown: its id and its settings side by side, and what it does; null if nobody knows. */
    record RecipientView(
            String id,
            @JsonUnwrapped RecipientSettings settings,
            @Nullable Activity activity) {}

    record RecipientList(List<RecipientView> recipients) {}

    @GetMapping
    RecipientList list() {
        List<Recipients.Entry> all = recipients.all();
        Map<String, Activity> activities =
                activities(all.stream().map(Recipients.Entry::id).toList());
        return new RecipientList(all.stream()
                .map(entry -> new RecipientView(entry.id(), entry.settings(), activities.get(entry.id())))
                .toList());
    }

    @GetMapping("/{id}")
    RecipientView get(@PathVariable String id) {
        return recipients.settings(id).map(settings -> view(id, settings)).orElseThrow(() -> new UnknownRecipient(id));
    }

    @PutMapping("/{id}")
    ResponseEntity<RecipientView> put(
            @PathVariable @Pattern(regexp = Recipients.ID_PATTERN, message = ID_RULE) String id,
            @RequestBody @Valid RecipientSettings settings) {
        String inbox = settings.inbox();
        if (inbox != null) {
            checks.stream()
                    .flatMap(check -> check.obstacle(inbox).stream())
                    .findFirst()
                    .ifPresent(obstacle -> {
                        throw Problem.invalidFields(List.of(new FieldError("inbox", obstacle)));
                    });
        }
        boolean isNew = recipients.put(id, settings);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(view(id, settings));
    }

    private RecipientView view(String id, RecipientSettings settings) {
        return new RecipientView(id, settings, activities(List.of(id)).get(id));
    }

    private Map<String, Activity> activities(List<String> ids) {
        Map<String, Activity> known = new HashMap<>();
        sources.forEach(source -> known.putAll(source.activities(ids)));
        return known;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!recipients.remove(id)) {
            throw new UnknownRecipient(id);
        }
    }
}
