-- The same for H2 and PostgreSQL.

-- What was answered to calls with an Idempotency-Key, so that the same call gets the same answer again. A row is made in
-- the transaction of the acceptance that it answers for, and nobody sees it without its answer.
create table idempotency_key (
    caller       varchar(200)                not null, -- the name of who showed the token, never the token
    name         varchar(255)                not null, -- the key itself
    request_hash varchar(64)                 not null, -- SHA-256 of method, path and body, in hexadecimal digits
    used_at      timestamp(6) with time zone not null,
    status       integer,
    location     varchar(200),
    body         text,
    primary key (caller, name)
);

create index idempotency_key_used on idempotency_key (used_at);
