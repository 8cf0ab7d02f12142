package dev.deskpost.stories;

import static dev.deskpost.fixtures.ProblemAssert.assertThat;

import dev.deskpost.fixtures.Api;
import dev.deskpost.fixtures.RunningService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class WindowsStoryTest {

    @Autowired
    Api api;

    @Test
    void somebody_looks_for_windows_where_there_is_no_desktop() {
        assertThat(api.get("/api/v1/windows"))
                .isProblem(503, "DESKTOP_UNAVAILABLE")
                .says(":987")
                .says("Is the desktop running")
                .aboutNoField();
    }
}
