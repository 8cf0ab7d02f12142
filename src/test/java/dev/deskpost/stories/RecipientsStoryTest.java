package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class RecipientsStoryTest {

    /** Of the contract. */
    private static final String SETTINGS = """
            {"displayName":"Agent 2","enabled":true,
             "window":{"title":"^Agent-2\\\\b","class":"Cursor","process":"cursor"},
             "input":{"x":150,"y":-40,"relativeTo":"window"},
             "profile":"chat",
             "keys":{"paste":"ctrl+v","submit":"enter","submitUrgent":"ctrl+enter"},
             "submitDelay":"PT0.12S","draft":"preserve",
             "confirmation":{"by":"receipt","timeout":"PT2S"},
             "inbox":"agent_workspaces/Agent-2/inbox","pacing":{"minInterval":"PT1S"}}""";

    @Autowired
    Api api;

    @Test
    void somebody_keeps_the_directory() {
        api.get("/api/v1/recipients").then().statusCode(200).body("", equalTo(Map.of("recipients", List.of())));

        Response made = api.put("/api/v1/recipients/agent-2", SETTINGS);

        String settings = SETTINGS.substring(1, SETTINGS.length() - 1).replace("\n ", "");
        String shown = "{\"id\":\"agent-2\"," + settings + ",\"activity\":null}";
        made.then().statusCode(201).contentType("application/json");
        assertThat(made.asString()).isEqualTo(shown);
        assertThat(api.get("/api/v1/recipients/agent-2").asString()).isEqualTo(shown);

        api.put("/api/v1/recipients/agent-1", "{\"window\":{\"class\":\"XTerm\"},\"profile\":\"terminal\"}")
                .then()
                .statusCode(201)
                .body("id", equalTo("agent-1"))
                .body("window", equalTo(Map.of("class", "XTerm")))
                .body("profile", equalTo("terminal"))
                .body("activity", equalTo(null));

        assertThat(api.get("/api/v1/recipients").asString())
                .isEqualTo(
                        "{\"recipients\":[{\"id\":\"agent-1\",\"window\":{\"class\":\"XTerm\"},\"profile\":\"terminal\",\"activity\":null},"
                                + shown + "]}");

        api.delete("/api/v1/recipients/agent-2").then().statusCode(204).body(equalTo(""));

        assertThat(api.get("/api/v1/recipients/agent-2")).isProblem(404, "UNKNOWN_RECIPIENT");
        assertThat(api.delete("/api/v1/recipients/agent-2")).isProblem(404, "UNKNOWN_RECIPIENT");
        api.get("/api/v1/recipients").then().body("recipients.id", equalTo(List.of("agent-1")));
    }

    @Test
    void somebody_changes_what_is_shown_and_puts_it_back() {
        api.put("/api/v1/recipients/agent-2", SETTINGS).then().statusCode(201);
        String shown = api.get("/api/v1/recipients/agent-2").asString();

        Response changed =
                api.put("/api/v1/recipients/agent-2", shown.replace("\"enabled\":true", "\"enabled\":false"));

        changed.then().statusCode(200).body("enabled", equalTo(false));
        assertThat(api.get("/api/v1/recipients/agent-2").asString()).isEqualTo(changed.asString());
    }

    @Test
    void what_somebody_leaves_out_is_gone() {
        api.put("/api/v1/recipients/agent-2", SETTINGS).then().statusCode(201);

        api.put("/api/v1/recipients/agent-2", "{\"window\":{\"title\":\"x\"}}")
                .then()
                .statusCode(200);

        assertThat(api.get("/api/v1/recipients/agent-2").asString())
                .isEqualTo("{\"id\":\"agent-2\",\"window\":{\"title\":\"x\"},\"activity\":null}");
    }

    @Test
    void somebody_disables_a_recipient_which_can_be_written_to_all_the_same() {
        api.put("/api/v1/recipients/agent-1", "{\"window\":{\"title\":\"x\"},\"enabled\":false}")
                .then()
                .statusCode(201);

        String id = api.send("agent-1", "for later");

        api.get("/api/v1/messages/" + id).then().body("state", equalTo("PENDING"));
    }
}
