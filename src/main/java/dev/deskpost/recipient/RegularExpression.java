package dev.deskpost.recipient;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;

/** The text is a regular expression in RE2's syntax. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RegularExpression.Validator.class)
@interface RegularExpression {

    String message() default "is not a regular expression (RE2 syntax)";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says why the expression is refused. */
    class Validator implements ConstraintValidator<RegularExpression, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            try {
                if (text != null) {
                    Pattern.compile(text);
                }
                return true;
            } catch (PatternSyntaxException e) {
                return Violations.say(context, "is not a regular expression (RE2 syntax): " + e.getDescription());
            }
        }
    }
}
