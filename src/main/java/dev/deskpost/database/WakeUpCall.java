package dev.deskpost.database;

/** Another process that shares the database has changed something that concerns all; or one may have, unheard. */
public record WakeUpCall() {}
