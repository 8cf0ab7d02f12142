package dev.deskpost.recipient;

import dev.deskpost.recipient.RecipientSettings.Confirmation;
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

/** The proof that the recipient is asked for is one that it can give. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Provable.Validator.class)
@interface Provable {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks for what is missing. */
    class Validator implements ConstraintValidator<Provable, RecipientSettings> {

        @Override
        public boolean isValid(@Nullable RecipientSettings settings, ConstraintValidatorContext context) {
            if (settings == null) {
                return true;
            }
            if (settings.template() != null && !new Template(settings.template()).names("content")) {
                return FieldFault.about("template", "must hold '{content}': it stands for the message", context);
            }
            Confirmation confirmation = settings.confirmation();
            ConfirmedBy by = confirmation == null ? null : confirmation.by();
            if (by == null || by == ConfirmedBy.PASTE) {
                return true;
            }
            if (settings.template() != null && !new Template(settings.template()).names("id")) {
                return FieldFault.about(
                        "template",
                        "must hold '{id}': with that confirmation the recipient has to name the message",
                        context);
            }
            return by != ConfirmedBy.INBOX
                    || settings.inbox() != null
                    || FieldFault.about("inbox", "is missing: it is where the confirmation is looked for", context);
        }
    }
}
