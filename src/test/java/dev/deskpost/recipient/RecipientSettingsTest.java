package dev.deskpost.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.recipient.RecipientSettings.WindowRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import tools.jackson.databind.json.JsonMapper;

/** The settings of a recipient as JSON. What is refused over HTTP, {@link RecipientProblemsTest} tells. */
@JsonTest(properties = "deskpost.home=target/test-homes/${random.uuid}")
class RecipientSettingsTest {

    /** {@code PUT /api/v1/recipients/agent-2} of the contract, letter by letter. */
    private static final String OF_THE_CONTRACT = """
            {"displayName":"Agent 2","enabled":true,
             "window":{"title":"^Agent-2\\\\b","class":"Cursor","process":"cursor"},
             "input":{"x":150,"y":-40,"relativeTo":"window"},
             "profile":"chat",
             "keys":{"paste":"ctrl+v","submit":"enter","submitUrgent":"ctrl+enter"},
             "submitDelay":"PT0.12S","draft":"preserve",
             "confirmation":{"by":"receipt","timeout":"PT2S"},
             "inbox":"agent_workspaces/Agent-2/inbox","pacing":{"minInterval":"PT1S"}}
            """;

    @Autowired
    JsonMapper json;

    @Test
    void of_the_contract_are_read() {
        RecipientSettings settings = json.readValue(OF_THE_CONTRACT, RecipientSettings.class);

        assertThat(settings.displayName()).isEqualTo("Agent 2");
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.window()).isEqualTo(new WindowRule("^Agent-2\\b", "Cursor", "cursor"));
        assertThat(settings.input()).isEqualTo(new RecipientSettings.InputPoint(150, -40, RelativeTo.WINDOW));
        assertThat(settings.profile()).isEqualTo(Profile.CHAT);
        assertThat(settings.keys()).isEqualTo(new RecipientSettings.Keys("ctrl+v", "enter", "ctrl+enter"));
        assertThat(settings.submitDelay()).isEqualTo(Duration.ofMillis(120));
        assertThat(settings.draft()).isEqualTo(DraftPolicy.PRESERVE);
        assertThat(settings.confirmation())
                .isEqualTo(new RecipientSettings.Confirmation(ConfirmedBy.RECEIPT, Duration.ofSeconds(2)));
        assertThat(settings.inbox()).isEqualTo("agent_workspaces/Agent-2/inbox");
        assertThat(settings.pacing()).isEqualTo(new RecipientSettings.Pacing(Duration.ofSeconds(1)));
    }

    @Test
    void of_the_contract_come_back_as_they_were_written() {
        RecipientSettings settings = json.readValue(OF_THE_CONTRACT, RecipientSettings.class);

        assertThat(json.readTree(json.writeValueAsString(settings))).isEqualTo(json.readTree(OF_THE_CONTRACT));
    }

    @Test
    void say_only_what_was_said() {
        String little = "{\"window\":{\"title\":\"^Agent-2\"},\"confirmation\":{}}";

        assertThat(json.writeValueAsString(json.readValue(little, RecipientSettings.class)))
                .isEqualTo(little);
    }

    @Test
    void may_carry_the_id_that_GET_shows() {
        String shown = "{\"id\":\"agent-2\",\"window\":{\"title\":\"^Agent-2\"}}";

        assertThat(json.readValue(shown, RecipientSettings.class).window())
                .isEqualTo(new WindowRule("^Agent-2", null, null));
    }
}
