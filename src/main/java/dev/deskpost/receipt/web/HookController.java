package dev.deskpost.receipt.web;

import dev.deskpost.problem.Problem;
import dev.deskpost.receipt.HearHooks;
import dev.deskpost.receipt.HookQueue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the events of agents' hooks as they are. The answer is always the same, soon and empty, whatever was sent: an agent
 * may show an error of its hook to its user, take the answer's body for an instruction, or wait for it.
 */
@RestController
@RequestMapping("/api/v1/recipients")
class HookController {

    private final HookQueue queue;
    private final HearHooks hooks;
    private final Clock clock;

    HookController(HookQueue queue, HearHooks hooks, Clock clock) {
        this.queue = queue;
        this.hooks = hooks;
        this.clock = clock;
    }

    @PostMapping("/{id}/hooks")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hear(@PathVariable String id, HttpServletRequest request) {
        Instant at = clock.instant();
        try {
            byte[] body = request.getInputStream().readAllBytes();
            queue.work(() -> hooks.hear(id, body, at));
        } catch (Problem tooLong) {
            queue.work(() -> hooks.tooLong(id));
        } catch (IOException e) {
            hooks.brokenOff(); // Who sent it went away in the middle of it.
        }
    }
}
