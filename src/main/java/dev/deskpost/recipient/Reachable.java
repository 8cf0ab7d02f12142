package dev.deskpost.recipient;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** There is a way to the recipient: a window, or at least an inbox. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Reachable.Validator.class)
@interface Reachable {

    String message() default "is missing: a recipient needs a window to write into, or an inbox";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks for a way. */
    class Validator implements ConstraintValidator<Reachable, RecipientSettings> {

        @Override
        public boolean isValid(@Nullable RecipientSettings settings, ConstraintValidatorContext context) {
            return settings == null
                    || settings.window() != null
                    || settings.inbox() != null
                    || FieldFault.about("window", context);
        }
    }
}
