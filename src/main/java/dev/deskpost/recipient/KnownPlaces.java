package dev.deskpost.recipient;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Template} without misspelt places: {@code {sendr}} would be pasted as it stands, with every message. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = KnownPlaces.Validator.class)
@interface KnownPlaces {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks for single words in braces. */
    class Validator implements ConstraintValidator<KnownPlaces, String> {

        @Override
        public boolean isValid(@Nullable String template, ConstraintValidatorContext context) {
            Optional<String> unknown = Optional.ofNullable(template).flatMap(text -> new Template(text).unknownPlace());
            return unknown.isEmpty()
                    || Violations.say(
                            context,
                            "holds '" + unknown.get()
                                    + "', which stands for nothing: there are {content}, {id}, {sender}"
                                    + " and {priority}. A word in braces that is text has a space, as in '{ word }'");
        }
    }
}
