package dev.deskpost.delivery.web;

import dev.deskpost.delivery.Probe;
import dev.deskpost.delivery.ProbeRecipient;
import dev.deskpost.desktop.DesktopProblem;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Point;
import dev.deskpost.desktop.WindowView;
import dev.deskpost.message.Failure;
import dev.deskpost.recipient.Recipient;
import dev.deskpost.recipient.Recipients;
import dev.deskpost.recipient.UnknownRecipient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProbeController {

    private final Recipients recipients;
    private final ProbeRecipient probeRecipient;

    ProbeController(Recipients recipients, ProbeRecipient probeRecipient) {
        this.recipients = recipients;
        this.probeRecipient = probeRecipient;
    }

    /**
     * What would happen; fields without a value are null, never missing.
     *
     * @param input where a click would go, on the screen
     * @param failure the first thing that stands in the way, with the code that a message would have
     */
    record ProbeView(
            String recipient,
            boolean ok,
            @Nullable WindowView window,
            @Nullable Point input,
            List<Probe.Finding> checks,
            @Nullable Failure failure) {

        static ProbeView of(String recipient, Probe probe) {
            return new ProbeView(
                    recipient,
                    probe.ok(),
                    probe.window().map(WindowView::of).orElse(null),
                    probe.input().orElse(null),
                    probe.checks(),
                    probe.failure().orElse(null));
        }
    }

    /** Answers 200 also where something stands in the way: the probe itself has worked then. */
    @PostMapping(path = "/api/v1/recipients/{id}/probe", produces = MediaType.APPLICATION_JSON_VALUE)
    ProbeView probe(@PathVariable String id) {
        Recipient recipient = recipients.find(id).orElseThrow(() -> new UnknownRecipient(id));
        try {
            return probeRecipient
                    .run(recipient)
                    .map(probe -> ProbeView.of(id, probe))
                    .orElseThrow(() -> DesktopProblem.busy("probe again later"));
        } catch (DesktopUnavailable e) {
            throw DesktopProblem.unavailable(e);
        }
    }
}
