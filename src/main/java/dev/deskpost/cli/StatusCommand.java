package dev.deskpost.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether messages flow, and if not, why. */
@Command(
        name = "status",
        aliases = "queue-status",
        description = "Says whether messages flow: the processor, the desktop, the queue and the alerts.",
        footer = {
            "",
            "Ends with 1 if a person is needed: the processor does not run (paused, standby, stopped), the desktop is"
                    + " unavailable, the health of the delivery is not UP, a message is UNCONFIRMED, or an alert is"
                    + " firing. FAILED messages alone do not count; the alerts tell when one has waited too long.",
            "With --json: {\"queue\":…,\"health\":…,\"alerts\":…}, the answers of /api/v1/queue,"
                    + " /actuator/health/delivery and /actuator/alerts; null for one that the service does not have."
        },
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {

    private static final int OUT_OF_SERVICE = 503;

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Override
    public Integer call() {
        Service service = options.service();
        Reply queue = service.get("/api/v1/queue");
        Optional<Reply> health = answered(service.tryGet("/actuator/health/delivery"));
        Optional<Reply> alerts = answered(service.tryGet("/actuator/alerts")).filter(Reply::isGood);
        StatusReport report =
                StatusReport.of(queue.fields(), health.map(Reply::fields), alerts.map(Reply::fields), Instant.now());
        if (options.json()) {
            options.terminal().json(together(queue, health, alerts));
        } else {
            report.printTo(options.terminal());
        }
        return report.allFlows() ? ExitCodes.OK : ExitCodes.BAD_NEWS;
    }

    /** A health that is bad is an answer, too; another version of the service may have no such address. */
    private static Optional<Reply> answered(Reply reply) {
        return Optional.of(reply).filter(it -> it.isGood() || it.status() == OUT_OF_SERVICE);
    }

    private static String together(Reply queue, Optional<Reply> health, Optional<Reply> alerts) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("queue", queue.body());
        parts.put("health", health.map(Reply::body).orElse("null"));
        parts.put("alerts", alerts.map(Reply::body).orElse("null"));
        return parts.entrySet().stream()
                .map(part -> "\"" + part.getKey() + "\":" + part.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
