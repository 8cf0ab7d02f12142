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

        /** RE2 multiplies repeats out, so that nested ones of a few characters could fill all memory. */
        private static final int MAX_REPEATS = 1000;

        private static final java.util.regex.Pattern REPEAT =
                java.util.regex.Pattern.compile("\\{(?:\\d{1,9},)?(\\d{1,9}),?}");

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text != null && repeats(text) > MAX_REPEATS) {
                return Violations.say(
                        context, "repeats too often: its counts in braces multiply to more than " + MAX_REPEATS);
            }
            try {
                if (text != null) {
                    Pattern.compile(text);
                }
                return true;
            } catch (PatternSyntaxException e) {
                return Violations.say(context, "is not a regular expression (RE2 syntax): " + e.getDescription());
            }
        }

        private static double repeats(String text) {
            return REPEAT.matcher(text)
                    .results()
                    .mapToDouble(repeat -> Math.max(1, Integer.parseInt(repeat.group(1))))
                    .reduce(1, (all, one) -> all * one);
        }
    }
}
