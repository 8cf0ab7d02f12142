package dev.deskpost.receipt.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Writes letters until it is killed, as a process of its own; tells what became of each in a line. */
final class WritingProcess {

    static final Instant ACCEPTED = Instant.parse("2026-11-21T19:05:00Z");

    private WritingProcess() {}

    /** Its arguments: the root, the first number, and how many bytes each letter has. */
    public static void main(String[] arguments) {
        InboxFolder folder = (InboxFolder) new InboxFolders(Path.of(arguments[0])).find("agent");
        InboxWriter writer = new InboxWriter(Duration.ofHours(1));
        int size = Integer.parseInt(arguments[2]);
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            InboxWriter.Result result = writer.write(folder, letter(number, size));
            System.out.println(result);
            if (result instanceof InboxWriter.NotWritten) {
                return;
            }
        }
    }

    static InboxLetter letter(int number, int size) {
        String id = "msg_20261121_190500_%08x".formatted(number);
        return new InboxLetter(id, "agent", "sender", "normal", ACCEPTED, (number + " ").repeat(size / 2) + "end");
    }
}
