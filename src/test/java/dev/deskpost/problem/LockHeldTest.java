package dev.deskpost.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;

class LockHeldTest {

    @Test
    void who_waited_too_long_for_another_call_is_told_to_come_again() {
        ResponseEntity<Object> answer = new ProblemAdvice(new ApplicationAvailabilityBean())
                .onLockHeld(
                        new CannotAcquireLockException("Timeout trying to lock table LANE"),
                        new ServletWebRequest(new MockHttpServletRequest(), new MockHttpServletResponse()));

        assertThat(Objects.requireNonNull(answer).getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
        assertThat(((ProblemDetail) Objects.requireNonNull(answer.getBody())).getProperties())
                .containsEntry("code", "BUSY");
    }
}
