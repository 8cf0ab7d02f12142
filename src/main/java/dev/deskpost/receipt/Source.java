package dev.deskpost.receipt;

/** By what a recipient reported. */
public enum Source {
    CLAUDE_CODE("claude-code"),
    CURSOR("cursor"),
    CODEX("codex"),
    GEMINI_CLI("gemini-cli"),
    /** A script of somebody's own: {@code {"event":"received","messageId":"…"}}. */
    PLAIN("plain"),
    /** A file in the recipient's inbox. */
    INBOX("inbox");

    private final String label;

    Source(String label) {
        this.label = label;
    }

    /** As it is stored and shown. */
    public String label() {
        return label;
    }
}
