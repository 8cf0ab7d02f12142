package dev.deskpost.database;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Which database the queue is in. */
public enum DatabaseKind {
    /** A file that one process has open. */
    H2,
    /** A server that several may share. */
    POSTGRESQL;

    public static DatabaseKind of(JdbcConnectionDetails connection) {
        return of(connection.getJdbcUrl());
    }

    static DatabaseKind of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }
}
