package dev.deskpost.receipt.inbox;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The folders beneath one root, by what recipients' settings say. */
public final class InboxFolders {

    private final Path root;

    public InboxFolders(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The folder that a setting names: relative to the root, or absolute and beneath it. Looks at the text alone: whether the
     * folder is there, and where its links lead, is checked at each use. Why
     * it is refused is said in words that follow a name for it.
     */
    public InboxSetting find(String setting) {
        Path named;
        try {
            named = Path.of(setting);
        } catch (InvalidPathException e) {
            return new InboxRefused("holds a character that no path may hold");
        }
        if (setting.chars().anyMatch(Character::isISOControl)) {
            return new InboxRefused("holds a control character");
        }
        for (Path name : named) {
            if (name.toString().equals("..")) {
                return new InboxRefused("must not hold '..': " + named);
            }
        }
        Path folder = root.resolve(named).normalize();
        if (named.isAbsolute() && !folder.startsWith(root)) {
            folder = fromRealRoot(folder);
        }
        if (!folder.startsWith(root)) {
            return new InboxRefused("must lie beneath " + root + ", and does not: " + named);
        }
        if (folder.equals(root)) {
            return new InboxRefused("must be a folder beneath " + root + ", not this directory itself");
        }
        return new InboxFolder(root, root.relativize(folder));
    }

    /** The root may be configured by a link, and a recipient name the directory behind it. */
    private Path fromRealRoot(Path folder) {
        try {
            Path realRoot = root.toRealPath();
            return folder.startsWith(realRoot) ? root.resolve(realRoot.relativize(folder)) : folder;
        } catch (IOException e) {
            return folder; // A root that does not exist has no other name.
        }
    }
}
