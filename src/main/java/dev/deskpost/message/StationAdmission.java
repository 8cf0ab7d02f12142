package dev.deskpost.message;

import dev.deskpost.station.StationMode;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A station that is being drained accepts nothing new; somebody ends that with {@code POST /api/v1/queue/resume}. */
@Component
class StationAdmission implements Admission {

    /** Nobody knows how long the maintenance takes for which a station is drained. */
    private static final Duration WORTH_ANOTHER_TRY = Duration.ofSeconds(30);

    private final StationMode station;

    StationAdmission(StationMode station) {
        this.station = station;
    }

    @Override
    public Optional<Refusal> refusal() {
        return station.isDraining()
                ? Optional.of(new Refusal(station.reason().orElse("this station is being drained"), WORTH_ANOTHER_TRY))
                : Optional.empty();
    }
}
