package dev.deskpost.desktop;

import dev.deskpost.desktop.InMemoryDesktop.ChatWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class InMemoryDesktopTest extends DesktopContract {

    private final InMemoryDesktop desktop = new InMemoryDesktop();
    private final Map<String, ChatWindow> windows = Map.of("one", desktop.open("one"), "two", desktop.open("two"));

    @Override
    protected Desktop desktop() {
        return desktop;
    }

    @Override
    protected Rig rig() {
        return new Rig() {

            @Override
            public void title(String window, String title) {
                windows.get(window).title(title);
            }

            @Override
            public void close(String window) {
                desktop.close(windows.get(window));
            }

            @Override
            public void activate(String window) {
                desktop.activate(windows.get(window));
            }

            @Override
            public void awaitNoticed(String window) {
                // It knows at once
            }

            @Override
            public void cover(String window) {
                desktop.refuseFocus();
                desktop.open("cover").bounds(new Bounds(0, 0, 1600, 1000));
            }

            @Override
            public void takeClipboard() {
                desktop.takeClipboard();
            }

            @Override
            public Optional<String> readClipboard() {
                return Optional.empty();
            }

            @Override
            public void ignorePaste(String window) {
                windows.get(window).neverFetches();
            }

            @Override
            public List<String> submitted(String window) {
                return windows.get(window).submitted();
            }

            @Override
            public String input(String window) {
                return windows.get(window).input();
            }
        };
    }
}
