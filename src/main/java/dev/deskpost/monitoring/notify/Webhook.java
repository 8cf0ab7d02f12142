package dev.deskpost.monitoring.notify;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code deskpost.alerts.webhooks[]}: an address that is told of alerts.
 *
 * @param url where to POST to. A secret: whoever knows Discord's may write there
 * @param secret what {@code standard} signs with, as Standard Webhooks write it: {@code whsec_} and base64
 * @param allowPrivateNetwork whether it may lie on this machine or in the private network
 * @param timeout how long one try may take from beginning to end
 */
record Webhook(
        @NotNull Secret url,
        @Nullable Secret secret,
        @DefaultValue("standard") @NotNull Format format,
        @DefaultValue("false") boolean allowPrivateNetwork,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 2)
        Duration timeout) {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;

    /** How an alert is written. */
    enum Format {
        /** Standard Webhooks 1.0, signed. */
        STANDARD,
        /** What Discord's incoming webhooks take. */
        DISCORD
    }

    @AssertTrue(
            message =
                    "'url' must be an absolute https address without user and fragment; http is for the private network,"
                            + " with 'allow-private-network: true'")
    boolean isUrlUsable() {
        if (url == null) {
            return true; // Said already
        }
        return address()
                .filter(uri -> schemes().contains(String.valueOf(uri.getScheme())))
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null)
                .isPresent();
    }

    @AssertTrue(message = "'secret' must be 'whsec_' and the base64 of 24 to 64 bytes; format 'discord' takes none")
    boolean isSecretUsable() {
        return format == Format.DISCORD
                ? secret == null
                : key().filter(key -> key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY)
                        .isPresent();
    }

    private Set<String> schemes() {
        return allowPrivateNetwork ? Set.of("https", "http") : Set.of("https");
    }

    private Optional<URI> address() {
        try {
            return Optional.of(new URI(url.text()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    URI uri() {
        return address().orElseThrow();
    }

    /** What the secret stands for; empty if there is none that can be read. */
    Optional<byte[]> key() {
        if (secret == null || !secret.text().startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(secret.text().substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
