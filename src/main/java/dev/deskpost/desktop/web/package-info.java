/**
 * The windows of the desktop over HTTP, for people who write a recipient: {@code GET /api/v1/windows}.
 *
 * <p>It must not know a platform: it asks through {@code dev.deskpost.desktop}, holding a session like everyone else.
 *
 * <p>Start reading at the controller.
 */
@NullMarked
package dev.deskpost.desktop.web;

import org.jspecify.annotations.NullMarked;
