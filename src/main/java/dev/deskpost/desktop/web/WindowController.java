package dev.deskpost.desktop.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.deskpost.desktop.Desktop;
import dev.deskpost.desktop.DesktopProblem;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.Window;
import dev.deskpost.desktop.WindowView;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WindowController {

    private final Desktop desktop;

    WindowController(Desktop desktop) {
        this.desktop = desktop;
    }

    /** @param active whether it is the one that the person works in */
    record ListedWindow(@JsonUnwrapped WindowView window, boolean active) {

        static ListedWindow of(Window window) {
            return new ListedWindow(WindowView.of(window), window.active());
        }
    }

    record WindowList(List<ListedWindow> windows) {}

    /** Bottom to top. */
    @GetMapping("/api/v1/windows")
    WindowList list() {
        try {
            return new WindowList(
                    desktop.windows().stream().map(ListedWindow::of).toList());
        } catch (DesktopUnavailable e) {
            throw DesktopProblem.unavailable(e);
        }
    }
}
