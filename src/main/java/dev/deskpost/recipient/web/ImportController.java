package dev.deskpost.recipient.web;

import dev.deskpost.desktop.DesktopProblem;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Monitor;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.WindowView;
import dev.deskpost.recipient.CoordinateFile;
import dev.deskpost.recipient.ImportRecipients;
import dev.deskpost.recipient.Imported;
import dev.deskpost.recipient.RecipientProperties;
import dev.deskpost.recipient.RecipientSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
class ImportController {

    private final ImportRecipients importRecipients;
    private final RecipientProperties properties;

    ImportController(ImportRecipients importRecipients, RecipientProperties properties) {
        this.importRecipients = importRecipients;
        this.properties = properties;
    }

    record FailureView(Imported.Reason code, String detail) {}

    /** One agent; fields without a value are null, never missing. */
    record AgentView(
            String agent,
            String recipient,
            Imported.Outcome outcome,
            Point place,
            @Nullable WindowView window,
            @Nullable RecipientSettings settings,
            @Nullable FailureView failure) {

        static AgentView of(Imported.Result result) {
            return new AgentView(
                    result.agent(),
                    result.recipient(),
                    result.outcome(),
                    result.place(),
                    result.window() == null ? null : WindowView.of(result.window()),
                    result.settings(),
                    result.reason() == null ? null : new FailureView(result.reason(), String.valueOf(result.detail())));
        }
    }

    record ImportView(boolean dryRun, List<Monitor> monitors, List<AgentView> agents) {}

    /** Answers 200 also where agents could not be learned: each says for itself what became of it. */
    @PostMapping(path = "/api/v1/recipients/import", produces = MediaType.APPLICATION_JSON_VALUE)
    ImportView read(
            @RequestBody JsonNode file,
            @RequestParam(required = false) @Nullable String layout,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean replace) {
        CoordinateFile agents = CoordinateFile.read(file, layout, properties.importLimit());
        try {
            Imported imported = importRecipients
                    .run(agents, dryRun, replace)
                    .orElseThrow(() -> DesktopProblem.busy("import again later"));
            return new ImportView(
                    dryRun,
                    imported.monitors(),
                    imported.agents().stream().map(AgentView::of).toList());
        } catch (DesktopUnavailable e) {
            throw DesktopProblem.unavailable(e);
        }
    }
}
