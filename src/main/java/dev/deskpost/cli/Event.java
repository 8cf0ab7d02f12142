package dev.deskpost.cli;

/**
 * One event of an event stream.
 *
 * @param type {@code message} where the stream gives none
 * @param id of the last event that had one; empty if none had
 * @param data its lines, separated by line feeds
 */
record Event(String type, String id, String data) {}
