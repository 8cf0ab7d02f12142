package dev.deskpost.delivery;

import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.KeyChord;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.recipient.DraftPolicy;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person left in the input box, as far as the recipient wants it preserved: looked for together with the first paste,
 * kept, and put back when the message is through or given up.
 */
final class Draft {

    private static final Logger log = LoggerFactory.getLogger(Draft.class);

    /** For the round that replaces a draft. */
    private static final Duration ONE_ROUND = Duration.ofSeconds(1);

    private final Recipient recipient;
    private final Pasting pasting;
    private final Race race;
    private final AttemptSteps steps;
    private final Set<String> stolen = new HashSet<>();
    private @Nullable ClipboardContent content;
    private boolean lookedFor;

    Draft(Recipient recipient, Pasting pasting, Race race, AttemptSteps steps) {
        this.recipient = recipient;
        this.pasting = pasting;
        this.race = race;
        this.steps = steps;
    }

    /**
     * The keys to press before the paste keys: such as copy what stands there, or make the text take its place.
     *
     * @param pasted whether this attempt has pasted something already, which must not stay
     */
    List<KeyChord> keysBeforePaste(boolean pasted) {
        lookedFor |= !pasted && pasting.isBoxKnownEmpty();
        if (recipient.draft() == DraftPolicy.PRESERVE && !lookedFor) {
            return recipient.box().copy();
        }
        return recipient.draft() == DraftPolicy.IGNORE && !pasted
                ? List.of()
                : recipient.box().replace();
    }

    /** There was none to be copied. */
    void isNone() {
        lookedFor = true;
    }

    /**
     * The target has copied: what stood in the box is on the clipboard, and in the box once more.
     *
     * @param text the text of the message, which may stand there from an earlier round
     * @return false if it could not be read
     */
    boolean keep(String text) {
        Optional<ClipboardContent> found = pasting.copied();
        if (found.isEmpty()) {
            return false;
        }
        lookedFor = true;
        // However long that took: nobody has got in the way.
        race.goOnFor(ONE_ROUND);
        String words = found.get().text().orElse("");
        if (!found.get().isBlank()
                && !found.get().isSameTextAs(ClipboardContent.ofText(text))
                && !stolen.contains(words)) {
            content = found.get();
            steps.note(Step.DRAFT_KEPT);
        }
        return true;
    }

    /** Another program has put this on the clipboard: if it stands in the box, it is no draft. */
    void isNot(String text) {
        stolen.add(text);
    }

    boolean isKept() {
        return content != null;
    }

    /** Whether a draft that is to be preserved may stand in the box, and nobody knows it. */
    boolean isUnknown() {
        return recipient.draft() == DraftPolicy.PRESERVE && !lookedFor;
    }

    /**
     * Whether what was found in the box is the text, and nothing else but a draft that is to be ignored, which stands before
     * it, as far as one sees it.
     */
    boolean standsBeforeAtMost(String text, String found) {
        String wanted = ClipboardContent.visible(text);
        String present = ClipboardContent.visible(found);
        if (wanted.isEmpty()) {
            return false;
        }
        return recipient.draft() == DraftPolicy.IGNORE
                ? present.endsWith(wanted) && present.indexOf(wanted) == present.length() - wanted.length()
                : present.equals(wanted);
    }

    /** Puts it in the place of all that stands in the box. @return whether it stands there */
    boolean putInPlace() {
        return paste(recipient.box().replace());
    }

    /** Puts it into the empty box after the text was submitted. Whatever becomes of it, the message is delivered. */
    void putBack() {
        if (content == null) {
            return;
        }
        try {
            if (paste(List.of())) {
                steps.note(Step.DRAFT_RESTORED);
            } else {
                log.warn("A draft in the window of {} could not be put back", recipient.id());
            }
        } catch (DesktopUnavailable e) {
            log.warn("A draft in the window of {} could not be put back: {}", recipient.id(), e.reason());
        } catch (RuntimeException e) {
            log.error(
                    "A draft in the window of {} could not be put back; the message was submitted", recipient.id(), e);
        }
    }

    private boolean paste(List<KeyChord> before) {
        ClipboardContent kept = content;
        while (kept != null) {
            pasting.offer(kept);
            if (pasting.press(before) != Verdict.HELD) {
                return false;
            }
            Fetch fetch = pasting.awaitFetch();
            if (fetch.isRead() || fetch == Fetch.NOT_FETCHED || !race.goesOn()) {
                return pasting.isInBox(kept, fetch);
            }
        }
        return false;
    }
}
