package dev.deskpost.delivery;

import dev.deskpost.delivery.DeliveryOutcome.NotSent;
import dev.deskpost.desktop.ClipboardContent;
import dev.deskpost.desktop.GuardedClipboard.Fetch;
import dev.deskpost.desktop.Verdict;
import dev.deskpost.recipient.Recipient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a text that the window's program was to paste stands in the input box, as far as one can know.
 *
 * <p>A fetch by a program that reads once for a paste proves it, unless there are {@link Doubts}. Of all others the box is
 * copied: keys are worked off in their order, so once the copy is there the paste is done, and it shows what stands in the
 * box. This is believed then:
 *
 * <ul>
 *   <li>a copy of the text, always, whoever has it now;
 *   <li>without a doubt, and if it was read as often as usual, a copy of what the program has made of it: a link, a
 *       list, with none but words of the text; but where a draft was looked for only if there was no other copy, for
 *       then the first was the draft.
 * </ul>
 *
 * Where nothing is copied, nothing is believed: so it is with a page that reads a paste and ignores it.
 */
final class PasteProof {

    /** What a terminal emulator needs at most for paste keys that were pressed before: it asks at once. */
    private static final Duration LINE_SETTLES = Duration.ofMillis(150);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final String text;
    private final Recipient recipient;
    private final InputBox box;
    private final Pasting pasting;
    private final Draft draft;
    private final Doubts doubts;
    private final AttemptSteps steps;
    private boolean copied;
    private Verdict verdict = Verdict.HELD;

    /** What came of the paste keys. */
    enum Finding {
        IN_BOX,
        NOT_IN_BOX,
        /** Nothing stands there, or nothing that can be copied, such as an attachment. */
        NOTHING_IN_BOX,
        /** What stood in the box before was copied by the keys that look for a draft, and is in the box once more. */
        COPY,
        /** Another program has taken the clipboard. */
        TAKEN,
        /** The keys that copy what is in the box were not pressed: {@link #refused} says why. */
        REFUSED
    }

    PasteProof(
            String text,
            Recipient recipient,
            InputBox box,
            Pasting pasting,
            Draft draft,
            Doubts doubts,
            AttemptSteps steps) {
        this.text = text;
        this.recipient = recipient;
        this.box = box;
        this.pasting = pasting;
        this.draft = draft;
        this.doubts = doubts;
        this.steps = steps;
    }

    /** Looks for the proof after this fetch. */
    Finding of(Fetch fetch) {
        copied = false;
        return switch (fetch) {
            case FETCHED, READ -> afterReading(fetch);
            case COPIED -> Finding.COPY;
            case TAKEN -> Finding.TAKEN;
            case NOT_FETCHED -> Finding.NOT_IN_BOX;
        };
    }

    /** Whether the box was copied and shows the text: from then on the clipboard does not matter any more. */
    boolean isCopied() {
        return copied;
    }

    NotSent refused() {
        return box.refused(verdict);
    }

    private Finding afterReading(Fetch fetch) {
        if (fetch == Fetch.FETCHED && !isInDoubt()) {
            draft.isNone();
        }
        steps.note(Step.PASTED);
        if (!pasting.staysFor(recipient.submitDelay())) {
            return fetch == Fetch.READ && pasting.isCopyThere() ? Finding.COPY : Finding.TAKEN;
        }
        if (!recipient.box().canReadBack()) {
            return afterReadingOfLine(fetch);
        }
        return fetch == Fetch.FETCHED && !isInDoubt() ? Finding.IN_BOX : lookIntoBox();
    }

    private Finding afterReadingOfLine(Fetch fetch) {
        if (fetch == Fetch.READ && !pasting.awaitQuiet()) {
            doubts.notSettled(box.target());
        }
        return isInDoubt() && !pasting.staysFor(LINE_SETTLES) ? Finding.TAKEN : Finding.IN_BOX;
    }

    private Finding lookIntoBox() {
        verdict = pasting.copy();
        if (verdict != Verdict.HELD) {
            // The keys that look for a draft were pressed before: what they find must not be lost
            return draft.isUnknown() && pasting.isCopied() ? Finding.COPY : Finding.REFUSED;
        }
        Optional<ClipboardContent> found = pasting.foreign();
        if (pasting.hasCopied() && found.filter(this::isText).isPresent()) {
            return seen();
        }
        if (pasting.isTaken()) {
            return Finding.TAKEN;
        }
        if (found.isPresent()) {
            return judge(found.get());
        }
        if (pasting.isCopyThere()) {
            return draft.isUnknown() && pasting.isCopiedAgain() ? Finding.COPY : Finding.NOT_IN_BOX;
        }
        return nothing();
    }

    private boolean isText(ClipboardContent found) {
        return found.text()
                .filter(words -> draft.standsBeforeAtMost(text, words))
                .isPresent();
    }

    private Finding seen() {
        draft.isNone();
        doubts.settled(box.target());
        pasting.settled();
        steps.note(Step.READ_BACK);
        copied = true;
        return Finding.IN_BOX;
    }

    /** What was copied is not the text. */
    private Finding judge(ClipboardContent found) {
        if (draft.isUnknown() && (found.isBlank() || pasting.isCopiedAgain())) {
            return Finding.COPY;
        }
        draft.isNone();
        if (found.isBlank()) {
            return nothing();
        }
        copied = !isInDoubt() && pasting.isReadAsUsual() && isMadeOfText(found);
        return copied ? Finding.IN_BOX : Finding.NOT_IN_BOX;
    }

    /** The copy may have been made before the paste, which then comes late: that program's next copy has to be the text. */
    private Finding nothing() {
        doubts.notSettled(box.target());
        return Finding.NOTHING_IN_BOX;
    }

    /**
     * A program that makes a list or a link of a text keeps its words in their order, may leave some out, and adds none. Other
     * words stand where the paste was ignored and the whole page was copied; where the last one is missing, it was cut short.
     */
    private boolean isMadeOfText(ClipboardContent found) {
        Deque<String> present = words(found.text().orElse(""));
        Deque<String> pasted = words(text);
        if (!Objects.equals(present.peekLast(), pasted.peekLast())) {
            return false;
        }
        for (String word : pasted) {
            if (word.equals(present.peek())) {
                present.remove();
            }
        }
        return present.isEmpty();
    }

    private static Deque<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(ArrayDeque::new));
    }

    private boolean isInDoubt() {
        return doubts.about(box.target());
    }
}
