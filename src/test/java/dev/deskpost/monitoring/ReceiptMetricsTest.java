package dev.deskpost.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;
import dev.deskpost.receipt.ReceiptRecorded;
import dev.deskpost.receipt.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ReceiptMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReceiptMetrics metrics = new ReceiptMetrics();

    @Test
    void counts_by_verdict_and_source_and_knows_all_kinds_before() {
        metrics.bindTo(registry);
        assertThat(misrouted()).isZero();

        metrics.on(new ReceiptRecorded(
                "msg_1", Verdict.MISROUTED, Evidence.RECEIPT, "agent-1", "agent-2", Source.CODEX, true, true));

        assertThat(misrouted()).isEqualTo(1);
    }

    private double misrouted() {
        return registry.get("deskpost.receipts")
                .tag("verdict", "misrouted")
                .tag("source", "codex")
                .counter()
                .count();
    }
}
