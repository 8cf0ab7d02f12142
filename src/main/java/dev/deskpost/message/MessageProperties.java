package dev.deskpost.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code deskpost.message.*}
 *
 * @param maxAttempts how often a message is tried before it has failed
 */
@Validated
@ConfigurationProperties("deskpost.message")
record MessageProperties(
        @DefaultValue("3") @Min(1) @Max(100) int maxAttempts) {}
