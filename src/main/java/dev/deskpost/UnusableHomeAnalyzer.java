package dev.deskpost;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where else the home may be, see {@link UsableHome}. */
class UnusableHomeAnalyzer extends AbstractFailureAnalyzer<UsableHome.Unusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UsableHome.Unusable cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Start Deskpost as the user to whom the directory belongs, or choose another one with --deskpost.home=DIR"
                        + " or DESKPOST_HOME. The token and the messages lie in it.",
                rootFailure);
    }
}
