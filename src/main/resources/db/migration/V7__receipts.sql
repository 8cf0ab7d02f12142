-- The same for H2 and PostgreSQL.

alter table message add column verdict varchar(16);   -- what is said of the text that arrived: WHOLE, TRUNCATED, …

-- What recipients reported of messages. Rows are only added, and go with their message.
create table receipt (
    message_id  varchar(32)                 not null,
    claims      integer                     not null, -- how often the message had been taken in hand: once per try
    reporter    varchar(64)                 not null, -- the recipient that reported it; no foreign key: it may go
    source      varchar(16)                 not null, -- how: 'claude-code', 'cursor', …, 'inbox'
    evidence    varchar(16)                 not null,
    verdict     varchar(16)                 not null,
    received_at timestamp(6) with time zone not null,
    primary key (message_id, claims, reporter, evidence, verdict)
);

-- What the hooks of a recipient said last about what it does, and whether its hooks work at all.
create table activity (
    recipient     varchar(64)                 not null primary key, -- no foreign key; goes with the recipient
    state         varchar(16),                          -- BUSY, IDLE, BLOCKED; null when nothing is known
    since         timestamp(6) with time zone,
    until         timestamp(6) with time zone,          -- then it is not believed any more; null: until the next event
    hooks_seen_at timestamp(6) with time zone not null, -- when a hook of it last came
    receipts      bigint                      not null  -- how many messages its hooks have proved
);
