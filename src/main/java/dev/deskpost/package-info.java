/**
 * The house: one room for each feature, and the class that starts them.
 *
 * <p>A room is a package directly below this one. Its {@code package-info} says what it is for, what it must not know and
 * where to start reading, and declares the rooms that it may use; {@code ArchitectureTest} holds the whole table. Other
 * rooms see only the types of a room's own package, never those of its sub-packages.
 *
 * <p>This package itself knows no room but {@code cli}, whose commands come in by the same door. Start reading at {@code
 * DeskpostApplication}, then in the room that you came for.
 */
@NullMarked
package dev.deskpost;

import org.jspecify.annotations.NullMarked;
