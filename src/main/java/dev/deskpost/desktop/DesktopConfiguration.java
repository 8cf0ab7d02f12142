package dev.deskpost.desktop;

import dev.deskpost.desktop.awt.RobotPointer;
import dev.deskpost.desktop.x11.X11Desktop;
import dev.deskpost.desktop.x11.X11Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Picks the adapter for this machine's desktop. There is one so far: X11. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DesktopProperties.class)
class DesktopConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DesktopConfiguration.class);

    @Bean(destroyMethod = "close")
    X11Desktop desktop(DesktopProperties properties) {
        X11Settings settings = settings(properties, System.getenv());
        Supplier<RobotPointer> robots = () ->
                RobotPointer.start(childEnvironment(settings), properties.robotStartLimit(), properties.replyLimit());
        X11Desktop desktop = switch (properties.keys()) {
            case ATOMIC -> new X11Desktop(settings, robots);
            case ROBOT -> withRobotKeys(settings, robots);
        };
        DesktopStatus status = desktop.status();
        if (status.available()) {
            log.info("Desktop: X11, display {}", settings.display());
        } else {
            log.warn("Desktop: X11, but it cannot be used now: {}. Messages are accepted and wait.", status.reason());
        }
        return desktop;
    }

    private static X11Desktop withRobotKeys(X11Settings settings, Supplier<RobotPointer> robots) {
        log.warn(
                "deskpost.desktop.keys=robot: keys are pressed after the check of the focus and not in one step with it."
                        + " If the focus moves in between, they go into another window; Deskpost looks again afterwards and says"
                        + " UNCONFIRMED, but cannot take them back. Keys that the keyboard layout lacks cannot be pressed.");
        return X11Desktop.withRobotKeys(settings, robots);
    }

    private static X11Settings settings(DesktopProperties properties, Map<String, String> environment) {
        @Nullable String display = Optional.ofNullable(properties.display()).orElse(environment.get("DISPLAY"));
        Path authority = Optional.ofNullable(properties.authority())
                .or(() -> Optional.ofNullable(environment.get("XAUTHORITY")).map(Path::of))
                .orElse(Path.of(System.getProperty("user.home"), ".Xauthority"));
        return new X11Settings(
                display,
                authority,
                environment.get("WAYLAND_DISPLAY"),
                properties.replyLimit(),
                properties.settle(),
                properties.activationRepeat(),
                properties.lookAgain(),
                properties.clipboardLinger(),
                properties.clipboardRead(),
                properties.putBackLimit());
    }

    private static Map<String, String> childEnvironment(X11Settings settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DISPLAY", String.valueOf(settings.display()));
        environment.put("XAUTHORITY", settings.authority().toString());
        return environment;
    }
}
