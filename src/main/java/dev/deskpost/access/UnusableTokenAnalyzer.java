package dev.deskpost.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a token file that cannot be used. */
class UnusableTokenAnalyzer extends AbstractFailureAnalyzer<UnusableToken> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableToken cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Delete it to get a new token at the next start, write one into it, or name another file with"
                        + " --deskpost.access.token-file=FILE.",
                rootFailure);
    }
}
