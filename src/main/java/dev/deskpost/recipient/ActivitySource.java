package dev.deskpost.recipient;

import java.util.Collection;
import java.util.Map;

/**
 * Who knows what recipients do at present. Every bean of this kind is asked when recipients are shown, once for all of
 * them; without one nothing is known.
 */
@FunctionalInterface
public interface ActivitySource {

    /** By id; those of whom nothing is known are missing. */
    Map<String, Activity> activities(Collection<String> recipients);
}
