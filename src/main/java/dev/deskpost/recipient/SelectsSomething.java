package dev.deskpost.recipient;

import dev.deskpost.recipient.RecipientSettings.WindowRule;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;

/** A window rule has at least one part: one without any would fit every window. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SelectsSomething.Validator.class)
@interface SelectsSomething {

    String message() default "needs a title, a class or a process";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks for a part. */
    class Validator implements ConstraintValidator<SelectsSomething, WindowRule> {

        @Override
        public boolean isValid(@Nullable WindowRule rule, ConstraintValidatorContext context) {
            return rule == null || rule.title() != null || rule.windowClass() != null || rule.process() != null;
        }
    }
}
