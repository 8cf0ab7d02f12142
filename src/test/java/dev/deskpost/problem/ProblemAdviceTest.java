package dev.deskpost.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.message.MessageState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What no call of ours can run into now, and the next one may. */
class ProblemAdviceTest {

    record Query(@Nullable MessageState state, @Nullable Long before) {}

    @RestController
    static class Bound {

        @GetMapping("/bound")
        String bound(Query query) {
            return query.toString();
        }
    }

    private final MockMvc service = MockMvcBuilders.standaloneSetup(new Bound())
            .setControllerAdvice(new ProblemAdvice(new ApplicationAvailabilityBean()))
            .setMessageConverters(new JacksonJsonHttpMessageConverter())
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=foo  | is 'foo', expected one of PENDING, ",
                "before=foo | is 'foo', expected a whole number",
            })
    void a_bound_value_of_another_type_is_told_without_a_word_of_Java(String query, String detail) throws Exception {
        String answer = get("/bound?" + query);

        assertThat(answer).contains(detail).contains("INVALID_FIELD").doesNotContain("dev.", "java.", "Failed to");
    }

    @Test
    void the_right_one_is_taken() throws Exception {
        assertThat(get("/bound?state=FAILED")).contains("FAILED");
    }

    private String get(String path) throws Exception {
        return service.perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
