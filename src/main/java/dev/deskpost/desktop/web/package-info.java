/**
 * The windows of the desktop over HTTP, for people who write a recipient: {@code GET /api/v1/windows}.
 *
 * <p>It must not know a platform: it asks through {@code dev.deskpost.desktop}. To look needs no session.
 *
 * <p>Start reading at the controller.
 */
@NullMarked
package dev.deskpost.desktop.web;

import org.jspecify.annotations.NullMarked;
