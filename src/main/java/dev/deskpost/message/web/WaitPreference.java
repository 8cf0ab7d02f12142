package dev.deskpost.message.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code Prefer: wait=10} (RFC 7240, section 4.3): seconds. What cannot be understood is ignored, as for all preferences. */
final class WaitPreference {

    static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,18})\"?", Pattern.CASE_INSENSITIVE);

    private WaitPreference() {}

    static Optional<Duration> of(HttpServletRequest http) {
        return Collections.list(http.getHeaders(HEADER)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(preference -> WAIT.matcher(preference.split(";", 2)[0].strip()))
                .filter(Matcher::matches)
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                .findFirst(); // RFC 7240, section 2: if it is said twice, the first counts.
    }

    static String applied(Duration time) {
        return "wait=" + time.toSeconds();
    }
}
