-- The same for H2 and PostgreSQL.

create table recipient (
    id       varchar(64)    not null primary key,
    enabled  boolean        not null,
    settings varchar(16384) not null, -- one JSON document, as a person wrote it down
    version  integer        not null
);

create sequence message_seq start with 1 increment by 1;

create table message (
    seq             bigint                      not null primary key, -- order of acceptance, and the cursor of lists
    id              varchar(32)                 not null,
    recipient       varchar(64)                 not null, -- no foreign key: a recipient may go, its messages stay
    sender          varchar(200),
    priority        varchar(16)                 not null,
    content         varchar(65536)              not null,
    metadata        varchar(8192),
    state           varchar(16)                 not null,
    attempts        integer                     not null, -- tries used up
    max_attempts    integer                     not null,
    claims          integer                     not null, -- the fence: how often it was taken in hand
    accepted_at     timestamp(6) with time zone not null,
    claim_rank      bigint                      not null, -- order of service: acceptance less the priority's head start
    next_attempt_at timestamp(6) with time zone,          -- only while PENDING
    expires_at      timestamp(6) with time zone,
    finished_at     timestamp(6) with time zone,
    channel         varchar(16),
    evidence        varchar(16),
    failure_code    varchar(64),
    failure_detail  varchar(1000),
    constraint message_id_unique unique (id)
);

create index message_claim on message (state, claim_rank, seq);
create index message_waiting on message (state, claims);
create index message_expiry on message (state, expires_at);
create index message_due on message (state, next_attempt_at);
create index recipient_disabled on recipient (enabled);

create table attempt (
    message_id     varchar(32)                 not null,
    number         integer                     not null, -- the claim that it belongs to
    trigger_kind   varchar(16)                 not null,
    started_at     timestamp(6) with time zone not null,
    finished_at    timestamp(6) with time zone,
    outcome        varchar(16),
    channel        varchar(16),
    evidence       varchar(16),
    failure_code   varchar(64),
    failure_detail varchar(1000),
    primary key (message_id, number)
);

create table attempt_step (
    message_id varchar(32)                 not null,
    number     integer                     not null,
    position   integer                     not null,
    step       varchar(16)                 not null,
    at         timestamp(6) with time zone not null,
    primary key (message_id, number, position),
    foreign key (message_id, number) references attempt (message_id, number)
);
