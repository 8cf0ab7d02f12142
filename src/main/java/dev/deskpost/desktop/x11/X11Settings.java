package dev.deskpost.desktop.x11;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param display what {@code DISPLAY} says, null if it is not set
 * @param authority the file with the keys to the server
 * @param waylandDisplay what {@code WAYLAND_DISPLAY} says, null if it is not set
 * @param replyLimit how long the X server may take for one answer
 * @param settle how long the focus rests before and after keys
 * @param activationRepeat after this time without any sign a wish for the focus is repeated
 * @param lookAgain how often to ask for a state whose change the server tells nobody
 * @param clipboardLinger how long a text stays readable for its target after the delivery has gone on
 * @param clipboardRead how long another program may take to hand over what it has on the clipboard
 * @param putBackLimit how long a window manager may take to give the focus back to the window that had it, and a target
 *     that has read nothing is watched for taking it again
 */
public record X11Settings(
        @Nullable String display,
        Path authority,
        @Nullable String waylandDisplay,
        Duration replyLimit,
        Duration settle,
        Duration activationRepeat,
        Duration lookAgain,
        Duration clipboardLinger,
        Duration clipboardRead,
        Duration putBackLimit) {}
