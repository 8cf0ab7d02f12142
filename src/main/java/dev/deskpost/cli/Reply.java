package dev.deskpost.cli;

import java.util.List;

/** What the service answered. */
record Reply(int status, String body) {

    private static final int SHOWN_OF_STRANGERS = 200;

    boolean isGood() {
        return status / 100 == 2;
    }

    /** @throws GivenUp if it is no JSON object: then it was no Deskpost that answered */
    Fields fields() {
        return Fields.parse(body)
                .orElseThrow(() -> new GivenUp(
                        ExitCodes.REFUSED, "what answered is no Deskpost: " + status + " without a JSON object"));
    }

    /** Of a refusal, for people (RFC 9457); lines are separated by line feeds. */
    String problem() {
        return Fields.parse(body)
                .filter(problem -> problem.text("title").isPresent())
                .map(this::told)
                .orElseGet(
                        () -> "the answer was " + status + ", without a problem detail, so that it may be no Deskpost"
                                + " that answers: "
                                + Columns.cut(Harmless.line(body), SHOWN_OF_STRANGERS));
    }

    private String told(Fields problem) {
        StringBuilder told = new StringBuilder();
        told.append(status).append(' ').append(problem.text("title", ""));
        problem.text("code").ifPresent(code -> told.append(" [").append(code).append(']'));
        problem.text("detail").ifPresent(detail -> told.append(": ").append(detail));
        List<Fields> errors = problem.objects("errors");
        for (Fields error : errors) {
            told.append("\n  ").append(error.text("field", "?")).append(' ').append(error.text("detail", "is wrong"));
        }
        return told.toString();
    }
}
