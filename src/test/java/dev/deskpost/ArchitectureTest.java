package dev.deskpost;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.text.SimpleDateFormat;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Who may know whom, and what may stand nowhere. The classes of the tests are free. */
class ArchitectureTest {

    /** The arrows between the rooms. To add one, change it here and in the room's package-info, and say why. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("desktop", Set.of("problem")),
            entry("recipient", Set.of("desktop", "station", "problem")),
            entry("message", Set.of("recipient", "station", "database", "problem")),
            entry("delivery", Set.of("message", "recipient", "receipt", "station", "desktop", "database", "problem")),
            entry("receipt", Set.of("message", "recipient", "database", "problem")),
            entry("station", Set.of("database")),
            entry("monitoring", Set.of("message", "delivery", "receipt", "desktop", "station")),
            entry(
                    "event",
                    Set.of(
                            "message",
                            "recipient",
                            "receipt",
                            "delivery",
                            "desktop",
                            "station",
                            "monitoring",
                            "monitoring::alert",
                            "database",
                            "problem")),
            entry(
                    "dashboard",
                    Set.of(
                            "message",
                            "recipient",
                            "delivery",
                            "desktop",
                            "station",
                            "monitoring",
                            "monitoring::alert",
                            "event")),
            entry("access", Set.of("problem")),
            entry("cli", Set.of()),
            entry("database", Set.of()),
            entry("problem", Set.of()));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.deskpost");

    private static final JavaPackage HOUSE = CLASSES.getPackage("dev.deskpost");

    @Nested
    class The_rooms {

        @Test
        void use_only_what_they_declared() {
            ApplicationModules.of(DeskpostApplication.class).verify();
        }

        @Test
        void declare_their_arrows() {
            assertThat(HOUSE.getSubpackages())
                    .as("a room without declared arrows, or an open one, may use everything and says nothing")
                    .allSatisfy(room -> {
                        assertThat(room.isAnnotatedWith(ApplicationModule.class))
                                .as("%s: its package-info carries @ApplicationModule", room.getName())
                                .isTrue();
                        ApplicationModule module = room.getAnnotationOfType(ApplicationModule.class);
                        assertThat(module.type()).as(room.getName()).isEqualTo(ApplicationModule.Type.CLOSED);
                        assertThat(module.allowedDependencies())
                                .as(room.getName())
                                .doesNotContain(ApplicationModule.OPEN_TOKEN);
                    });
        }

        @Test
        void have_exactly_the_arrows_of_the_table() {
            Map<String, Set<String>> declared = new TreeMap<>();
            for (JavaPackage room : HOUSE.getSubpackages()) {
                declared.put(
                        room.getRelativeName(),
                        room.tryGetAnnotationOfType(ApplicationModule.class)
                                .map(module -> Arrays.stream(module.allowedDependencies()))
                                .orElseGet(() -> Stream.of("undeclared"))
                                .collect(toCollection(TreeSet::new)));
            }
            assertThat(declared).isEqualTo(ARROWS);
        }

        @Test
        void are_null_marked_with_all_their_packages() {
            assertThat(packagesWithClasses())
                    .as("@NullMarked does not reach sub-packages: each package needs its own package-info")
                    .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                            .as("%s: its package-info carries @NullMarked", each.getName())
                            .isTrue());
        }

        private Stream<JavaPackage> packagesWithClasses() {
            return Stream.concat(Stream.of(HOUSE), HOUSE.getSubpackagesInTree().stream())
                    .filter(each -> !each.getClasses().isEmpty());
        }
    }

    @Nested
    class The_platform {

        @Test
        void java_awt_stays_in_its_room() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.deskpost.desktop.awt..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.awt..")
                    .check(CLASSES);
        }

        @Test
        void native_access_stays_in_the_platform_rooms() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.deskpost.desktop.x11..", "dev.deskpost.desktop.win32..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.sun.jna..")
                    .check(CLASSES);
        }
    }

    @Nested
    class Nowhere {

        @Test
        void does_a_thread_wait_a_fixed_time() {
            noClasses()
                    .should()
                    .accessTargetWhere(is(Thread.class, "sleep"))
                    .orShould()
                    .accessTargetWhere(is(TimeUnit.class, "sleep"))
                    .orShould()
                    .accessTargetWhere(is(LockSupport.class, "parkNanos"))
                    .because("every wait is for something: for a condition, an event or a reply, with a limit")
                    .check(CLASSES);
        }

        @Test
        void does_a_name_say_nothing() {
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Helpers?|Utils?|Support)")
                    .because("a name says what the thing is for")
                    .check(CLASSES);
        }

        @Test
        void is_a_field_injected() {
            noFields()
                    .should()
                    .beAnnotatedWith(Autowired.class)
                    .because("what a class needs stands in its constructor")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }

        @Test
        void is_time_told_by_the_old_classes() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Date.class, SimpleDateFormat.class)
                    .because("java.time says which kind of time is meant")
                    .check(CLASSES);
        }

        @Test
        void is_printed_past_the_log() {
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(DeskpostApplication.class)
                    .and()
                    .resideOutsideOfPackage("dev.deskpost.cli..")
                    .should(accessField(System.class, "out"))
                    .orShould(accessField(System.class, "err"))
                    .because("only the main class and its commands speak to a terminal; everyone else logs")
                    .check(CLASSES);
        }

        /** Calls and method references alike. */
        private static DescribedPredicate<JavaAccess<?>> is(Class<?> owner, String method) {
            return DescribedPredicate.describe(owner.getSimpleName() + "." + method, access -> {
                JavaClass target = access.getTargetOwner();
                return target.isAssignableTo(owner) && access.getName().equals(method);
            });
        }
    }
}
