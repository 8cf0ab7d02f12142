package dev.deskpost;

import dev.deskpost.cli.Commands;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts Deskpost, or a command that asks one. */
@SpringBootApplication
public class DeskpostApplication {

    /** The jars beside its own classes that a command needs. */
    private static final List<String> NEEDED_BY_COMMANDS = List.of("picocli", "jackson-core");

    public static void main(String[] args) throws ReflectiveOperationException {
        if (Commands.areMeantBy(args)) {
            System.exit(command(args));
        }
        new SpringApplicationBuilder(DeskpostApplication.class)
                .listeners(new EndWhenBroken())
                .run(args);
    }

    /** Without Spring, and with few jars: it must answer at once. */
    private static int command(String[] args) throws ReflectiveOperationException {
        String version = DeskpostApplication.class.getPackage().getImplementationVersion();
        return (int) FewJars.load(Commands.class, NEEDED_BY_COMMANDS)
                .getMethod("run", String.class, String[].class)
                .invoke(null, version == null ? "" : version, args);
    }
}
