package dev.deskpost.recipient;

import jakarta.validation.ConstraintValidatorContext;

/** What is wrong with several fields together, said of one of them. */
final class FieldFault {

    private FieldFault() {}

    /** @return false, for the validator to return */
    static boolean about(String field, ConstraintValidatorContext context) {
        return about(field, context.getDefaultConstraintMessageTemplate(), context);
    }

    /** @param message what is wrong, in the place of what the annotation says */
    static boolean about(String field, String message, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(message)
                .addPropertyNode(field)
                .addConstraintViolation();
        return false;
    }
}
