package dev.deskpost.recipient;

import jakarta.validation.ConstraintValidatorContext;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;

/** Violations whose sentence depends on the value. */
final class Violations {

    private Violations() {}

    /** Always false. The sentence is a parameter, never a template: it repeats what the caller sent. */
    static boolean say(ConstraintValidatorContext context, String sentence) {
        context.disableDefaultConstraintViolation();
        context.unwrap(HibernateConstraintValidatorContext.class)
                .addMessageParameter("sentence", sentence)
                .buildConstraintViolationWithTemplate("{sentence}")
                .addConstraintViolation();
        return false;
    }
}
