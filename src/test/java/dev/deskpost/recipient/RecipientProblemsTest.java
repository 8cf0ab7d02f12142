package dev.deskpost.recipient;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be wrong with a recipient, said so that who wrote it can mend it. */
@RunningService
class RecipientProblemsTest {

    @Autowired
    Api api;

    @Nested
    class Refused {

        @AfterEach
        void and_nothing_was_written_down() {
            assertThat(api.get("/api/v1/recipients").asString()).isEqualTo("{\"recipients\":[]}");
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        window         | {}                              | is missing: a recipient needs a window to write into, or an inbox
                        window         | {"window":null}                 | is missing: a recipient needs a window to write into, or an inbox
                        window         | {"window":{}}                   | needs a title, a class or a process
                        window         | {"window":{"title":null}}       | needs a title, a class or a process
                        window         | {"window":"Agent"}              | is of another type, expected an object
                        window         | {"window":["Agent"]}            | is of another type, expected an object
                        window.title   | {"window":{"title":5}}          | is '5', expected a text
                        window.title   | {"window":{"title":""}}         | must have 1 to 500 characters
                        window.title   | {"window":{"title":"("}}        | is not a regular expression (RE2 syntax): missing closing )
                        window.title   | {"window":{"title":"(?=a)"}}    | is not a regular expression (RE2 syntax): invalid or unsupported Perl syntax
                        window.title   | {"window":{"title":"a\\nb"}}    | must not hold control characters or half surrogate pairs
                        window.title   | {"window":{"title":"x{1001}"}}  | repeats too often: its counts in braces multiply to more than 1000
                        window.title   | {"window":{"title":"((a{1000}){1000,}){0,1000}"}} | repeats too often: its counts in braces multiply to more than 1000
                        window.process | {"window":{"process":"*"}}      | is not a regular expression (RE2 syntax): missing argument to repetition operator
                        window.class   | {"window":{"class":""}}         | must have 1 to 200 characters
                        window.class   | {"window":{"class":5}}          | is '5', expected a text
                        window.class   | {"window":{"class":"\\ud83d"}}  | must not hold control characters or half surrogate pairs
                        window.windowClass | {"window":{"windowClass":"x"}} | is not known here; known are class, process, title
                        """)
        void a_window_that_cannot_be_recognised(String field, String json, String detail) {
            assertThat(api.put("/api/v1/recipients/agent-1", json))
                    .isProblem(422, "INVALID_FIELD")
                    .about(field, detail);
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                        displayName          | "displayName":5                          | is '5', expected a text
                        displayName          | "displayName":"a\\u0000b"                | must not hold control characters or half surrogate pairs
                        enabled              | "enabled":"yes"                          | is of another type, expected true or false
                        enabled              | "enabled":"true"                         | is of another type, expected true or false
                        enabled              | "enabled":1                              | is '1', expected true or false
                        input                | "input":"10,10"                          | is of another type, expected an object
                        input.y              | "input":{"x":1}                          | is missing
                        input.x              | "input":{"x":"1","y":1}                  | is of another type, expected a whole number
                        input.x              | "input":{"x":1.5,"y":1}                  | is '1.5', expected a whole number
                        input.x              | "input":{"x":99999999999,"y":1}          | is out of range, expected a whole number
                        input.x              | "input":{"x":32768,"y":1}                | must be at most 32767
                        input.y              | "input":{"x":1,"y":-32769}               | must be at least -32768
                        input.z              | "input":{"x":1,"y":1,"z":1}              | is not known here; known are relativeTo, x, y
                        input.relativeTo     | "input":{"x":1,"y":1,"relativeTo":"moon"} | is 'moon', expected one of window, screen
                        input.relativeTo     | "input":{"x":1,"y":1,"relativeTo":0}     | is '0', expected one of window, screen
                        profile              | "profile":"shell"                        | is 'shell', expected one of chat, terminal
                        profile              | "profile":0                              | is '0', expected one of chat, terminal
                        keys                 | "keys":"ctrl+v"                          | is of another type, expected an object
                        keys.paste           | "keys":{"paste":"hyper+v"}               | names no keys: 'hyper' is not a modifier; known are ctrl, shift, alt, super
                        keys.submit          | "keys":{"submit":5}                      | is '5', expected a text
                        keys.cut             | "keys":{"cut":"ctrl+x"}                  | is not known here; known are paste, submit, submitUrgent
                        submitDelay          | "submitDelay":"soon"                     | is 'soon', expected a duration such as PT0.12S
                        submitDelay          | "submitDelay":""                         | is '', expected a duration such as PT0.12S
                        submitDelay          | "submitDelay":"120ms"                    | is '120ms', expected a duration such as PT0.12S
                        submitDelay          | "submitDelay":0.12                       | is of another type, expected a duration such as PT0.12S
                        submitDelay          | "submitDelay":"PT-1S"                    | must be at least 0 seconds
                        submitDelay          | "submitDelay":"PT10.001S"                | must be at most 10 seconds
                        draft                | "draft":"keep"                           | is 'keep', expected one of preserve, clear, ignore
                        draft                | "profile":"terminal","draft":"preserve"  | cannot be preserved in a terminal, which has no keys to copy its input line; choose clear or ignore
                        confirmation         | "confirmation":"paste"                   | is of another type, expected an object
                        confirmation.by      | "confirmation":{"by":"hope"}             | is 'hope', expected one of paste, inbox, receipt
                        confirmation.timeout | "confirmation":{"timeout":2}             | is of another type, expected a duration such as PT0.12S
                        inbox                | "inbox":""                               | must have 1 to 1000 characters
                        inbox                | "inbox":"a\\u0000b"                      | must not hold control characters or half surrogate pairs
                        template             | "template":"hello"                       | must hold '{content}': it stands for the message
                        template             | "template":"{content}{foo}"              | holds '{foo}', which stands for nothing: there are {content}, {id}, {sender} and {priority}. A word in braces that is text has a space, as in '{ word }'
                        template             | "template":"{content}\\u001b"            | must not hold control characters but new line and tab
                        template             | "confirmation":{"by":"receipt"},"template":"{content}" | must hold '{id}': with that confirmation the recipient has to name the message
                        inbox                | "confirmation":{"by":"inbox"}            | is missing: it is where the confirmation is looked for
                        deliverWhen          | "deliverWhen":"never"                    | is 'never', expected one of always, idle
                        waiting.limit        | "waiting":{"limit":"PT25H"}              | must be at most 24 hours
                        waiting.then         | "waiting":{"then":"hope"}                | is 'hope', expected one of deliver, fail
                        inbox                | "inbox":"../outside"                     | must not hold '..': ../outside
                        pacing               | "pacing":"PT1S"                          | is of another type, expected an object
                        pacing.minInterval   | "pacing":{"minInterval":"PT-1S"}         | must be at least 0 seconds
                        retry.maxAttempts    | "retry":{"maxAttempts":0}                | must be at least 1
                        retry.delays         | "retry":{"delays":[]}                    | must have 1 to 20 entries
                        retry.delays[1]      | "retry":{"delays":["PT1S","PT-1S"]}      | must be at least 0 seconds
                        station              | "station":"../attic"                     | must be the name of a station
                        title                | "title":"Agent"                          | is not known here; known are confirmation, deliverWhen, displayName, draft, enabled, inbox, input, keys, pacing, profile, retry, station, submitDelay, template, waiting, window
                        """)
        void a_field_is_named_with_what_is_wrong(String field, String json, String detail) {
            assertThat(putWith(json)).isProblem(422, "INVALID_FIELD").about(field, detail);
        }

        @Test
        void a_field_that_is_too_long() {
            assertThat(putWith("\"displayName\":\"" + "a".repeat(201) + "\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about("displayName");
            assertThat(putWith("\"inbox\":\"" + "a".repeat(1001) + "\""))
                    .isProblem(422, "INVALID_FIELD")
                    .about("inbox");
            assertThat(putWith("\"keys\":{\"submit\":\"" + "ctrl+".repeat(4000) + "v\"}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("keys.submit");
            assertThat(api.put("/api/v1/recipients/agent-1", "{\"window\":{\"class\":\"" + "a".repeat(201) + "\"}}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("window.class");
        }

        @Test
        void several_fields_at_once_each_by_its_name() {
            assertThat(api.put("/api/v1/recipients/agent-1", """
                            {"window":{"title":"(","class":""},"keys":{"paste":"ctrl+"},"inbox":""}"""))
                    .isProblem(422, "INVALID_FIELD")
                    .about(
                            Map.of("field", "inbox", "detail", "must have 1 to 1000 characters"),
                            Map.of(
                                    "field",
                                    "keys.paste",
                                    "detail",
                                    "names no keys: '' is not a key; known are a to z, 0 to 9, f1 to f12, backspace,"
                                            + " delete, down, end, enter, escape, home, insert, left, pagedown, pageup,"
                                            + " right, space, tab, up"),
                            Map.of("field", "window.class", "detail", "must have 1 to 200 characters"),
                            Map.of(
                                    "field",
                                    "window.title",
                                    "detail",
                                    "is not a regular expression (RE2 syntax): missing closing )"));
        }

        @Test
        void in_the_same_words_whatever_language_the_caller_speaks() {
            assertThat(api.call()
                            .header("Accept-Language", "de")
                            .contentType("application/json")
                            .body("{\"window\":{\"title\":\"\"}}")
                            .put("/api/v1/recipients/agent-1"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("window.title", "must have 1 to 500 characters");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-agent", "_agent", "agent 1", "é", "agent*", "~agent"})
        void a_name_that_is_no_id(String id) {
            assertThat(api.call()
                            .contentType("application/json")
                            .body("{\"window\":{\"title\":\"x\"}}")
                            .put("/api/v1/recipients/{id}", id))
                    .isProblem(422, "INVALID_FIELD")
                    .about(
                            "id",
                            "must be 1 to 64 letters, digits, dots, dashes or underscores, and start with a letter or"
                                    + " digit");
        }

        @Test
        void a_name_that_is_too_long() {
            assertThat(api.put("/api/v1/recipients/" + "a".repeat(65), "{\"window\":{\"title\":\"x\"}}"))
                    .isProblem(422, "INVALID_FIELD")
                    .about("id");
        }
    }

    @Nested
    class Taken {

        @ParameterizedTest
        @ValueSource(strings = {"a", "Agent.2_b-c", "0"})
        void a_name_that_is_an_id(String id) {
            api.put("/api/v1/recipients/" + id, "{\"window\":{\"title\":\"x\"}}")
                    .then()
                    .statusCode(201);
        }

        @Test
        void the_longest_name() {
            api.put("/api/v1/recipients/" + "a".repeat(64), "{\"window\":{\"title\":\"x\"}}")
                    .then()
                    .statusCode(201);
        }

        @Test
        void a_pattern_with_moderate_repeats() {
            api.put(
                            "/api/v1/recipients/agent-1",
                            "{\"window\":{\"title\":\"^\\\\d{4}-\\\\d{2}-\\\\d{2} (a{3,5}){2,}$\"}}")
                    .then()
                    .statusCode(201);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "displayName",
                    "enabled",
                    "input",
                    "profile",
                    "keys",
                    "submitDelay",
                    "draft",
                    "confirmation",
                    "inbox",
                    "pacing"
                })
        void null_for_what_is_not_required(String field) {
            putWith("\"" + field + "\":null").then().statusCode(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "agent 1", "é", "-"})
    void one_that_does_not_exist_is_not_found_whatever_its_name(String id) {
        assertThat(api.call().get("/api/v1/recipients/{id}", id))
                .isProblem(404, "UNKNOWN_RECIPIENT")
                .says("there is no recipient '" + id + "'");
        assertThat(api.call().delete("/api/v1/recipients/{id}", id)).isProblem(404, "UNKNOWN_RECIPIENT");
    }

    private Response putWith(String json) {
        return api.put("/api/v1/recipients/agent-1", "{\"window\":{\"title\":\"^Agent\"}," + json + "}");
    }
}
