/**
 * Where agents' hooks report.
 *
 * <p>It must not know what their events mean.
 *
 * <p>Start reading at {@code HookController}.
 */
@NullMarked
package dev.deskpost.receipt.web;

import org.jspecify.annotations.NullMarked;
