package dev.deskpost.recipient;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A text of one line that any program can show, store and use in a path. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
@ReportAsSingleViolation
@interface PlainText {

    String message() default "must not hold control characters or half surrogate pairs";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
