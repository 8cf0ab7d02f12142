package dev.deskpost.receipt.inbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class InboxConfigurationTest {

    private static final String ID = "msg_20261121_190500_1a2b3c4d";

    @TempDir
    Path root;

    @Test
    void what_is_seen_is_an_event_and_the_watch_stops_with_the_context() {
        InboxWatch[] stopped = new InboxWatch[1];
        InboxFolder folder = (InboxFolder) new InboxFolders(root).find("agent");
        context().run(context -> {
            assertThat(context.getBean(InboxFolders.class).find("agent")).isEqualTo(folder);
            Files.createDirectory(root.resolve("agent"));
            InboxWatch watch = context.getBean(InboxWatch.class);
            assertThat(watch.expect(ID, "agent", folder)).isEmpty();
            Files.createFile(root.resolve("agent").resolve(ID + ".md"));
            await().untilAsserted(() ->
                    assertThat(context.getBean(Surroundings.class).heard).hasSize(1));
            stopped[0] = watch;
        });
        assertThat(stopped[0].expect(ID, "agent", folder)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll-interval=0s", "max-expected=0", "temporary-keep=0s", "root="})
    void a_wrong_value_ends_the_start(String wrong) {
        context()
                .withPropertyValues("deskpost.inbox." + wrong)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void it_knows_no_other_room() throws IOException {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Deskpost's and elsewhere",
                        (JavaClass each) -> each.getPackageName().startsWith("dev.deskpost")
                                && !each.getPackageName().equals("dev.deskpost.receipt.inbox")))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.deskpost.receipt.inbox"));
    }

    private ApplicationContextRunner context() {
        return new ApplicationContextRunner()
                .withUserConfiguration(InboxConfiguration.class, Surroundings.class)
                .withPropertyValues("deskpost.inbox.root=" + root);
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {

        final List<InboxFileSeen> heard = new CopyOnWriteArrayList<>();

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @EventListener
        void hear(InboxFileSeen event) {
            heard.add(event);
        }
    }
}
