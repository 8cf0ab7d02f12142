-- The same for H2 and PostgreSQL.

-- How long waits took, kept over restarts. They belong to a desktop, not to the queue: several may share one database.
create table timing (
    desktop    varchar(300)                not null, -- host and display, as in 'workshop:0'
    name       varchar(16)                 not null, -- which wait: 'focus'
    measured   varchar(16384)              not null, -- an HdrHistogram of microseconds: V2, compressed, Base64
    updated_at timestamp(6) with time zone not null,
    primary key (desktop, name)
);
