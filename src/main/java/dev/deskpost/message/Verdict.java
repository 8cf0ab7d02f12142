package dev.deskpost.message;

/** What a recipient's proof says of the text that it got, measured by what was sent. The names are part of the API. */
public enum Verdict {
    /** Its own recipient got the text, the whole text, and nothing else. */
    WHOLE("the recipient got the whole text"),
    /** Its own recipient got a part of the text. */
    TRUNCATED("the recipient reports a part of the text only: its head, its tail or something between them is missing;"
            + " look at the window, then resolve or retry"),
    /** Its own recipient got the text together with other text: a draft, or another message. */
    MERGED("the recipient reports the text mixed with other text, a draft or another message; look at the window, then"
            + " resolve or retry"),
    /** Another recipient got the text. */
    MISROUTED("another recipient reports the text; look at both windows, then resolve or retry");

    private final String meaning;

    Verdict(String meaning) {
        this.meaning = meaning;
    }

    /** For people: a clause. */
    public String meaning() {
        return meaning;
    }
}
