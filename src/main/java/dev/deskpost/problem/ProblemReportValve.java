package dev.deskpost.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Problem details instead of Tomcat's HTML for what does not get as far as the application, such as a broken address. */
final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json(status).getBytes(StandardCharsets.US_ASCII));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("Nobody is there to be told about a broken request", e);
        }
    }

    /** Nothing in it comes from the request, so there is nothing to escape. */
    private static String json(HttpStatus status) {
        return """
                {"title":"%s","status":%d,"detail":"the server could not make out the request: the address holds characters that must be percent-encoded, or a header is broken or too long","code":"%s"}""".formatted(status.getReasonPhrase(), status.value(), Problem.code(status));
    }
}
