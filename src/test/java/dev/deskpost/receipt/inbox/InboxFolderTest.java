package dev.deskpost.receipt.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxFolderTest {

    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private InboxFolders folders;

    @BeforeEach
    void set_up() throws IOException {
        root = directory.resolve("inboxes");
        outside = Files.createDirectory(directory.resolve("outside"));
        folders = new InboxFolders(root);
    }

    @Test
    void is_found_by_a_relative_or_an_absolute_path() {
        InboxSetting relative = folders.find("agent_workspaces/Agent-2/inbox");
        assertThat(relative)
                .isEqualTo(folders.find(root + "/agent_workspaces/Agent-2/inbox"))
                .isEqualTo(folders.find("./agent_workspaces//Agent-2/inbox/"));
        assertThat(((InboxFolder) relative).path()).isEqualTo(root.resolve("agent_workspaces/Agent-2/inbox"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "./.",
                "..",
                "../outside",
                "a/../../outside",
                "a/../b",
                "/",
                "/etc",
                "a\0b",
                "a\nb",
                "\0",
                "a/.."
            })
    void is_refused_where_it_is_not_beneath_the_root(String setting) {
        assertThat(folders.find(setting)).isInstanceOf(InboxRefused.class);
    }

    @Test
    void is_refused_beside_the_root_with_a_name_that_begins_alike() {
        assertThat(folders.find(root + "-more/a")).isInstanceOf(InboxRefused.class);
        assertThat(folders.find(root.toString())).isInstanceOf(InboxRefused.class);
    }

    @Test
    void is_found_by_the_real_path_of_a_root_that_is_a_link() throws IOException {
        Files.createDirectory(root);
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        InboxSetting found = new InboxFolders(link).find(root.toRealPath() + "/a");
        assertThat(found).isEqualTo(new InboxFolder(link, Path.of("a")));
        assertThat(open((InboxFolder) found, true)).isEqualTo(root.toRealPath().resolve("a"));
    }

    @Test
    void is_made_for_its_owner_alone_with_all_that_is_above_it() throws IOException {
        assertThat(open(folder("a/b"), true)).isEqualTo(root.toRealPath().resolve("a/b"));
        for (Path made : List.of(root, root.resolve("a"), root.resolve("a/b"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void keeps_the_permissions_that_somebody_gave_it() throws IOException {
        Path made = Files.createDirectories(root.resolve("a"));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwx---"));
        open(folder("a"), true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwxrwx---");
    }

    @Test
    void is_missing_and_not_refused_until_it_is_made() {
        assertThat(folder("a").open(false)).isInstanceOf(InboxAccess.Missing.class);
        assertThat(folder("a").refusal()).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void is_refused_when_a_link_leads_out_also_one_made_later() throws IOException {
        InboxFolder folder = folder("agent/inbox");
        open(folder, true);
        Files.delete(root.resolve("agent/inbox"));
        Files.createSymbolicLink(root.resolve("agent/inbox"), outside);
        assertRefused(folder, "leads out");

        Files.delete(root.resolve("agent/inbox"));
        Files.delete(root.resolve("agent"));
        Files.createSymbolicLink(root.resolve("agent"), outside);
        assertRefused(folder, "leads out");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void is_refused_when_a_link_leads_to_the_root_or_to_nothing() throws IOException {
        Files.createDirectory(root);
        Files.createSymbolicLink(root.resolve("self"), root);
        Files.createSymbolicLink(root.resolve("nothing"), root.resolve("missing"));
        Files.createSymbolicLink(root.resolve("round"), root.resolve("round"));
        assertRefused(folder("self"), "leads out");
        assertRefused(folder("nothing"), "link to nothing");
        assertRefused(folder("round"), "round");
        assertThat(root.resolve("missing")).doesNotExist();
    }

    @Test
    void may_be_a_link_that_stays_beneath_the_root() throws IOException {
        Path real = Files.createDirectories(root.resolve("shared/inbox"));
        Files.createSymbolicLink(root.resolve("agent"), real);
        assertThat(open(folder("agent"), false)).isEqualTo(real.toRealPath());
    }

    @Test
    void is_refused_with_a_file_in_its_place_or_above_it() throws IOException {
        Files.createDirectory(root);
        Files.createFile(root.resolve("file"));
        assertRefused(folder("file"), "not a folder");
        assertRefused(folder("file/inbox"), "not a folder");
    }

    @Test
    void is_refused_with_a_file_in_place_of_the_root() throws IOException {
        Files.createFile(root);
        assertThat(folder("a").open(true)).isInstanceOf(InboxRefused.class);
    }

    @Test
    void stays_the_folder_that_was_opened_when_another_is_put_in_its_place() throws IOException {
        InboxFolder folder = folder("a");
        try (HeldFolder held = (HeldFolder) folder.open(true)) {
            Files.move(root.resolve("a"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("a"), outside);
            held.create(Path.of("file"), new byte[] {1});
        }
        assertThat(root.resolve("moved/file")).exists();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void lists_names_that_are_no_text() throws Exception {
        open(folder("a"), true);
        Process touch = new ProcessBuilder("bash", "-c", "touch $'a\\xff\\nb.md'")
                .directory(root.resolve("a").toFile())
                .inheritIO()
                .start();
        assertThat(touch.waitFor()).isZero();
        try (HeldFolder held = (HeldFolder) folder("a").open(false)) {
            List<Path> names = new ArrayList<>();
            held.names(name -> true, names::add);
            assertThat(names).hasSize(1).allMatch(held::isFile);
        }
    }

    private InboxFolder folder(String setting) {
        return (InboxFolder) folders.find(setting);
    }

    private static Path open(InboxFolder folder, boolean make) {
        try (HeldFolder held = (HeldFolder) folder.open(make)) {
            return held.path();
        }
    }

    private static void assertRefused(InboxFolder folder, String reason) {
        for (boolean make : new boolean[] {false, true}) {
            assertThat(folder.open(make))
                    .isInstanceOfSatisfying(
                            InboxRefused.class,
                            refused -> assertThat(refused.reason()).contains(reason));
        }
        assertThat(folder.refusal()).hasValueSatisfying(why -> assertThat(why).contains(reason));
    }
}
