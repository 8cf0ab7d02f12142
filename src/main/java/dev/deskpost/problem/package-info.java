/**
 * The shape of every error: problem details of RFC 9457 with a stable {@code code}, and field errors under {@code errors}.
 *
 * <p>It knows no other room: a room brings its own codes.
 *
 * <p>Start reading at the exception handler, which turns whatever was thrown into that shape.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.deskpost.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
