/**
 * What recipients themselves say: that they got a message, and what they got of it; and whether they are busy, idle or
 * blocked. It takes the events of agents' hooks as they are, compares the prompts in them with what was sent, keeps the
 * receipts, and has {@code message} moved by them.
 *
 * <p>It must not know who delivers, nor windows and keys: it says what it heard, and others wait for it.
 *
 * <p>Start reading at {@code Receipt} and {@code Receipts}; for the hooks at {@code HearHooks}, {@code HookFormats} and
 * {@code PromptComparison}; for busy and idle at {@code Activities}.
 */
@ApplicationModule(allowedDependencies = {"message", "recipient", "database", "problem"})
@NullMarked
package dev.deskpost.receipt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
