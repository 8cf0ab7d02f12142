package dev.deskpost.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** On H2, where one process is alone. */
class StationModeTest {

    @Test
    void what_could_not_be_written_counts_at_once_and_is_written_later() {
        try (Processes processes = Processes.oneOnH2(Duration.ofMillis(600))) {
            StationMode mode = processes.mode();
            assertThat(processes.start(mode).hold()).isTrue();

            processes.database().sql("alter table station rename to gone").update();
            assertThatThrownBy(() -> mode.pause("somebody asked for it")).isInstanceOf(DataAccessException.class);
            assertThat(mode.mode()).isEqualTo(Mode.PAUSED);
            processes.database().sql("alter table gone rename to station").update();

            await("the next process finds it")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> processes.mode().mode() == Mode.PAUSED);
            assertThat(mode.mode()).isEqualTo(Mode.PAUSED);
        }
    }
}
