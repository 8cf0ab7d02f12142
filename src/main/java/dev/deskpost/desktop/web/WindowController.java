package dev.deskpost.desktop.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Window;
import dev.deskpost.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WindowController {

    private final Desktop desktop;

    WindowController(Desktop desktop) {
        this.desktop = desktop;
    }

    /** A window with the names that a recipient's window rule uses. */
    record WindowView(
            String id,
            String title,
            @JsonProperty("class") String windowClass,
            @Nullable Long pid,
            String process,
            Bounds bounds,
            boolean active) {

        static WindowView of(Window window) {
            return new WindowView(
                    window.id().toString(),
                    window.title(),
                    window.windowClass(),
                    window.pid(),
                    window.processName(),
                    window.bounds(),
                    window.active());
        }
    }

    record WindowList(List<WindowView> windows) {}

    /** Bottom to top. */
    @GetMapping("/api/v1/windows")
    WindowList list() {
        try {
            return new WindowList(desktop.windows().stream().map(WindowView::of).toList());
        } catch (DesktopUnavailable e) {
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "DESKTOP_UNAVAILABLE", e.reason());
        }
    }
}
