package dev.deskpost;

import dev.deskpost.cli.Commands;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts Deskpost, or a command that asks one. */
@SpringBootApplication
public class DeskpostApplication {

    /** Or one of the commands, which need no Spring and must answer at once. */
    public static void main(String[] args) {
        if (Commands.areMeantBy(args)) {
            System.exit(Commands.run(args));
        }
        new SpringApplicationBuilder(DeskpostApplication.class).run(args);
    }
}
