package dev.deskpost.monitoring.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class WebhookTest {

    private static final String URL = "https://discord.com/api/webhooks/1/token-of-mine";

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(NotificationConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of("--deskpost.home=target/test-homes/webhook-test"),
                                Arrays.stream(settings).map(setting -> "--deskpost.alerts." + setting))
                        .toArray(String[]::new));
    }

    private static void refused(CapturedOutput output, String reason, String... settings) {
        assertThatThrownBy(() -> start(settings)).isInstanceOf(RuntimeException.class);
        assertThat(output.getAll())
                .contains("deskpost.alerts.webhooks[0]", reason)
                .doesNotContain("token-of-mine", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    @Test
    void is_read_with_its_defaults() {
        try (ConfigurableApplicationContext context =
                start("webhooks[0].url=" + URL, "webhooks[0].secret=" + Samples.SECRET)) {
            Webhook webhook =
                    context.getBean(NotificationProperties.class).webhooks().get(0);
            assertThat(webhook.format()).isEqualTo(Webhook.Format.STANDARD);
            assertThat(webhook.allowPrivateNetwork()).isFalse();
            assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(webhook.uri()).hasToString(URL);
            assertThat(webhook.key().orElseThrow()).hasSize(24);
            assertThat(webhook.toString()).doesNotContain("token-of-mine", Samples.SECRET);
        }
    }

    @Test
    void there_need_be_none() {
        try (ConfigurableApplicationContext context = start()) {
            NotificationProperties properties = context.getBean(NotificationProperties.class);
            assertThat(properties.webhooks()).isEmpty();
            assertThat(properties.notifications().maxAttempts()).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/token-of-mine",
                "ftp://example.com/token-of-mine",
                "example.com/token-of-mine",
                "https:///token-of-mine",
                "https://user:pass@example.com/token-of-mine",
                "https://example.com/token-of-mine#x",
                "https://127.1/token-of-mine",
                "https://exa mple.com/token-of-mine"
            })
    void another_address_ends_the_start_and_is_not_told(String url, CapturedOutput output) {
        refused(
                output,
                "'url' must be an absolute https address",
                "webhooks[0].url=" + url,
                "webhooks[0].secret=" + Samples.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
                ""
            })
    void a_secret_of_another_form_ends_the_start_and_is_not_told(String secret, CapturedOutput output) {
        refused(output, "'secret' must be 'whsec_'", "webhooks[0].url=" + URL, "webhooks[0].secret=" + secret);
    }

    @Test
    void an_address_that_is_missing_ends_the_start(CapturedOutput output) {
        refused(output, "url", "webhooks[0].secret=" + Samples.SECRET);
    }

    @Test
    void http_is_for_the_private_network() {
        assertThat(Samples.webhook("http://10.0.0.5:9000/hook", false).isUrlUsable())
                .isFalse();
        assertThat(Samples.webhook("http://10.0.0.5:9000/hook", true).isUrlUsable())
                .isTrue();
    }
}
