package dev.deskpost.cli;

/** A text and how it is shown. It may be a stranger's: {@link Terminal} makes it harmless. */
record Words(String text, Style style) {

    /** Its code is the parameter of the control sequence SGR (ECMA-48, section 8.3.117). */
    enum Style {
        PLAIN(""),
        GOOD("32"),
        BAD("31"),
        DOUBTFUL("33"),
        DIM("2"),
        STRONG("1");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static Words plain(String text) {
        return new Words(text, Style.PLAIN);
    }

    static Words strong(String text) {
        return new Words(text, Style.STRONG);
    }

    static Words dim(String text) {
        return new Words(text, Style.DIM);
    }

    /** The state of a message, of the processor, of a health or of an alert. */
    static Words state(String state) {
        return new Words(
                state,
                switch (state) {
                    case "DELIVERED", "RUNNING", "UP", "IDLE" -> Style.GOOD;
                    case "FAILED", "STOPPED", "DOWN", "FIRING", "OUT_OF_SERVICE" -> Style.BAD;
                    case "UNCONFIRMED", "PAUSED", "STANDBY", "BLOCKED", "EXPIRED" -> Style.DOUBTFUL;
                    case "CANCELLED" -> Style.DIM;
                    default -> Style.PLAIN;
                });
    }
}
