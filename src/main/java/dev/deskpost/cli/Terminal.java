package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where commands print. Escape sequences come from here alone: what is given to it is made harmless first. It writes UTF-8,
 * whatever the locale is: JSON is UTF-8, and a script's locale is often {@code C}.
 */
final class Terminal {

    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;
    private static final long SIZE_LIMIT_MILLIS = 500;

    private final PrintStream out;
    private final PrintStream err;
    private final int width;
    private final boolean coloured;

    /** @param width in columns, for tables; {@link Integer#MAX_VALUE} where it does not matter */
    Terminal(PrintStream out, PrintStream err, int width, boolean coloured) {
        this.out = out;
        this.err = err;
        this.width = width;
        this.coloured = coloured;
    }

    /**
     * The one that the process has. It is coloured if it is one, unless the environment says {@code NO_COLOR}
     * (no-color.org) or {@code TERM=dumb}.
     */
    static Terminal ofProcess(boolean mayColour) {
        Map<String, String> environment = System.getenv();
        boolean isTerminal = isTerminal();
        boolean coloured = mayColour
                && isTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                new PrintStream(System.out, true, UTF_8),
                new PrintStream(System.err, true, UTF_8),
                isTerminal ? width(environment.getOrDefault("COLUMNS", "")) : Integer.MAX_VALUE,
                coloured);
    }

    /** Whether a person types and reads here. Newer JDKs give a console to everybody, and have it say what it is. */
    @SuppressWarnings("SystemConsoleNull") // Below, it is asked what it is.
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // Before JDK 22 there is none where there is no terminal.
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    int width() {
        return width;
    }

    void line(String text) {
        line(Words.plain(text));
    }

    void line(Words... words) {
        out.println(Stream.of(words).map(this::shown).collect(Collectors.joining()));
    }

    /** What the service sent, for programs. */
    void json(String json) {
        out.println(Harmless.json(json));
    }

    /** To standard error: what is no part of the result. */
    void remark(String text) {
        text.lines().forEach(line -> err.println(Harmless.line(line)));
    }

    /** To standard error, for programs. */
    void jsonRemark(String json) {
        err.println(Harmless.json(json));
    }

    /** Nobody reads it any more: {@code | head}. */
    boolean isGone() {
        return out.checkError();
    }

    private String shown(Words words) {
        String text = Harmless.line(words.text());
        String code = words.style().code();
        return coloured && !code.isEmpty() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static int width(String columns) {
        try {
            return Math.max(NARROWEST, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return askedWidth();
        }
    }

    /** Java cannot ask for it. {@code stty} prints rows and columns. */
    private static int askedWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(SIZE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return USUAL_WIDTH;
            }
            String[] size = new String(stty.getInputStream().readAllBytes(), UTF_8)
                    .strip()
                    .split(" ", 2);
            int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return columns == 0 ? USUAL_WIDTH : Math.max(NARROWEST, columns);
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
