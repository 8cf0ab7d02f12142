package dev.deskpost.recipient;

import dev.deskpost.desktop.KeyChord;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;

/** The text names keys, such as {@code ctrl+enter}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Chord.Validator.class)
@interface Chord {

    String message() default "names no keys";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says why the keys are refused. */
    class Validator implements ConstraintValidator<Chord, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            try {
                if (text != null) {
                    KeyChord.parse(text);
                }
                return true;
            } catch (IllegalArgumentException e) {
                return Violations.say(context, "names no keys: " + e.getMessage());
            }
        }
    }
}
