package dev.deskpost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A person with a browser: Debian's Chromium without a window, driven by Playwright. Notes every error in its console. */
public final class PageReader implements AutoCloseable {

    private static final String[] PLACES = {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"};

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    /** How the person looks at pages. */
    public enum Device {
        /** A screen, with dark letters. */
        SCREEN(1280, 1000, ColorScheme.LIGHT),
        /** A screen, with light letters. */
        DARK_SCREEN(1280, 1000, ColorScheme.DARK),
        /** A telephone, held upright. */
        PHONE(390, 844, ColorScheme.LIGHT);

        private final int width;
        private final int height;
        private final ColorScheme colours;

        Device(int width, int height, ColorScheme colours) {
            this.width = width;
            this.height = height;
            this.colours = colours;
        }
    }

    private PageReader(Path program) {
        // As patient as other tests: a machine may be busy with much else
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        // The browser is there already
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        // Root may not have the sandbox, and nothing but our own pages is shown
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    private static Optional<Path> program() {
        return Stream.of(PLACES)
                .map(Path::of)
                .filter(place -> place.toFile().canExecute())
                .findFirst();
    }

    /** Skips the running test, with the reason, where there is no browser. */
    public static PageReader open() {
        Optional<Path> program = program();
        if (program.isEmpty() && System.getenv("DESKPOST_TESTS_MUST_NOT_SKIP") != null) {
            throw new AssertionError("There is no Chromium, and no test may be skipped for that");
        }
        Assumptions.assumeTrue(program.isPresent(), "no Chromium is installed (Debian's package chromium)");
        return new PageReader(program.orElseThrow());
    }

    /** A fresh person: no cookies, and nothing kept. */
    public Page newPage(Device device) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(device.width, device.height)
                .setColorScheme(device.colours)
                .setLocale("en-GB"));
        Page page = context.newPage();
        Consumer<ConsoleMessage> listener = message -> {
            // Documents without an icon of their own, such as JSON, have the browser look for one
            boolean aboutIcon = message.location().contains("/favicon.ico");
            if (!aboutIcon && (message.type().equals("error") || message.type().equals("warning"))) {
                errors.add(message.type() + ": " + message.text() + " at " + message.location());
            }
        };
        page.onConsoleMessage(listener);
        page.onPageError(error -> errors.add("uncaught: " + error));
        return page;
    }

    /** What the consoles of all pages have complained about since this was asked last. */
    public List<String> takeErrors() {
        List<String> taken = List.copyOf(errors);
        errors.removeAll(taken);
        return taken;
    }

    /** The one complaint that the console of this page has to make, which may come after what is seen. */
    public String awaitError(Page page) {
        page.waitForCondition(() -> !errors.isEmpty());
        List<String> taken = takeErrors();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    /** Nothing is wider than the page. */
    public static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("what hangs over the edge, in pixels")
                .isEqualTo(0);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
