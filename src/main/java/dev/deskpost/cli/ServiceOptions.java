package dev.deskpost.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes: where the service is, what opens it, and how the answer is shown. */
final class ServiceOptions {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final int LONGEST_TIMEOUT = 3600;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the service answers. By default $$DESKPOST_URL, or " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The token itself. Other users of the machine can see it on a command line: prefer --token-file.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file that holds the token. By default $$DESKPOST_TOKEN is the token, or the file"
                    + " $$DESKPOST_HOME/token holds it, or ~/.deskpost/token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long an answer may take: 1 to 3600, by default 30.")
    private int timeout;

    @Option(names = "--json", description = "Print the service's JSON, for scripts.")
    private boolean json;

    @Option(names = "--no-color", description = "Print without colours; so does $$NO_COLOR.")
    private boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // Picocli reads it.
    private boolean help;

    private @Nullable Terminal terminal;

    boolean json() {
        return json;
    }

    Terminal terminal() {
        if (terminal == null) {
            terminal = Terminal.ofProcess(!noColor);
        }
        return terminal;
    }

    Duration timeout() {
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            throw usage("--timeout must be 1 to " + LONGEST_TIMEOUT + " seconds");
        }
        return Duration.ofSeconds(timeout);
    }

    Service service() {
        Map<String, String> environment = System.getenv();
        String address = url != null ? url : environment.getOrDefault("DESKPOST_URL", "");
        URI base = ServiceAddress.parse(address.isBlank() ? DEFAULT_URL : address)
                .orElseThrow(() -> usage("the URL must be http:// or https:// with a host, without user, query or"
                        + " fragment, such as " + DEFAULT_URL));
        Duration limit = timeout();
        return new Service(base, Token.find(token, tokenFile, environment), limit);
    }

    /** The command line is wrong. */
    ParameterException usage(String message) {
        if (command == null) {
            throw new IllegalStateException("used before the command line was read");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
