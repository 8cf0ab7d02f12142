package dev.deskpost.recipient.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.deskpost.recipient.RecipientSettings;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
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

    RecipientController(Recipients recipients) {
        this.recipients = recipients;
    }

    /** A recipient as it is shown: its id and its settings side by side. */
    record RecipientView(String id, @JsonUnwrapped RecipientSettings settings) {}

    record RecipientList(List<RecipientView> recipients) {}

    @GetMapping
    RecipientList list() {
        return new RecipientList(recipients.all().stream()
                .map(entry -> new RecipientView(entry.id(), entry.settings()))
                .toList());
    }

    @GetMapping("/{id}")
    RecipientView get(@PathVariable String id) {
        return recipients
                .settings(id)
                .map(settings -> new RecipientView(id, settings))
                .orElseThrow(() -> new UnknownRecipient(id));
    }

    @PutMapping("/{id}")
    ResponseEntity<RecipientView> put(
            @PathVariable @Pattern(regexp = Recipients.ID_PATTERN, message = ID_RULE) String id,
            @RequestBody @Valid RecipientSettings settings) {
        boolean isNew = recipients.put(id, settings);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(new RecipientView(id, settings));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!recipients.remove(id)) {
            throw new UnknownRecipient(id);
        }
    }
}
