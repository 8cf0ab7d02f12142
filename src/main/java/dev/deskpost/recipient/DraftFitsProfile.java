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

/** What should happen to drafts can be done in such a program. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DraftFitsProfile.Validator.class)
@interface DraftFitsProfile {

    String message() default
            "cannot be preserved in a terminal, which has no keys to copy its input line; choose clear or ignore";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks for a draft that nobody could save. */
    class Validator implements ConstraintValidator<DraftFitsProfile, RecipientSettings> {

        @Override
        public boolean isValid(@Nullable RecipientSettings settings, ConstraintValidatorContext context) {
            return settings == null
                    || settings.draft() != DraftPolicy.PRESERVE
                    || settings.profile() == null
                    || settings.profile().box().canReadBack()
                    || FieldFault.about("draft", context);
        }
    }
}
