package dev.deskpost.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.transaction.annotation.Transactional;

/**
 * A transaction whose caller does not wait for the disk: it becomes durable together with the next one that does, or some
 * hundred milliseconds later. For what may be lost with the process, because nothing was done yet that depends on it.
 */
@Transactional(label = DurableLater.LABEL)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DurableLater {

    /** By this the transaction manager knows it. */
    String LABEL = "durable-later";
}
