-- The same for H2 and PostgreSQL.

-- One Deskpost with its desktop. On a shared database several processes may want to be the same one; the holder is.
create table station (
    id          varchar(64)                 not null primary key,
    holder      varchar(36),                          -- the process, as a random UUID
    epoch       bigint                      not null, -- how often the holder has changed
    expires_at  timestamp(6) with time zone not null, -- by the database's clock: then another may take it
    mode        varchar(16)                 not null,
    mode_reason varchar(1000)                         -- for people; null while it runs
);
