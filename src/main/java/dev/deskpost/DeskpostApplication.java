package dev.deskpost;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts Deskpost. */
@SpringBootApplication
public class DeskpostApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(DeskpostApplication.class).run(args);
    }
}
