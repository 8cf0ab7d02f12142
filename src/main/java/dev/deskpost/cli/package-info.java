/**
 * The commands in a terminal: how the queue is, to send, to follow, to try again, who can be written to.
 *
 * <p>It speaks HTTP with a running service, as any other client does, and must not know how that is built: no other room,
 * no Spring. It starts neither a server nor a desktop.
 *
 * <p>Start reading at {@code Commands}, then one of them, such as {@code StatusCommand}. Whatever is printed goes through
 * {@code Terminal}, which lets nothing through that a terminal would obey.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.deskpost.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
