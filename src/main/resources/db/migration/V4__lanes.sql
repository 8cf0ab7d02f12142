-- The same for H2 and PostgreSQL.

-- The order of one recipient and priority. Its first message is kept here, so that the next one to serve is found among
-- the lanes and not among all messages; and how many there are, so that nobody has to count them.
create table lane (
    recipient   varchar(64) not null, -- no foreign key: a recipient may go, its messages stay
    priority    varchar(16) not null,
    pending     integer     not null,
    failed      integer     not null,
    unconfirmed integer     not null,
    taken       boolean     not null,           -- its first message is being delivered
    head        bigint,                         -- seq of its first message
    head_rank   bigint,                         -- claim_rank of that
    head_since  timestamp(6) with time zone,    -- accepted_at of that
    due_at      timestamp(6) with time zone,    -- when that may be tried
    primary key (priority, recipient)
);

create index lane_claim on lane (head_rank, head);

-- Until when a recipient rests between two messages.
create table pacing (
    recipient varchar(64)                 not null primary key,
    gate_at   timestamp(6) with time zone not null
);

-- Recipients in whose input box a text of ours may stand that nobody submitted.
create table text_left (
    recipient  varchar(64) not null primary key,
    message_id varchar(32) not null
);

alter table recipient add column station varchar(64) default 'main' not null;

alter table message add column lane_seq bigint;       -- seq while it stands in its lane: due, waiting for a try, or taken
alter table message add column deferred_until timestamp(6) with time zone; -- while it waits for its deliverAfter
alter table message add column claimed_by varchar(64);   -- the station that took it last
alter table message add column next_trigger varchar(16) default 'FIRST' not null; -- why the next attempt will be made
alter table message add column replays integer default 0 not null; -- how often a person had it tried again
alter table message add column broadcast varchar(32);

update message set deferred_until = next_attempt_at where state = 'PENDING' and claims = 0 and next_attempt_at > accepted_at;
update message set lane_seq = seq where state = 'PROCESSING' or (state = 'PENDING' and deferred_until is null);
update message set claimed_by = 'main' where claims > 0;
update message set next_trigger = 'RETRY' where claims > 0;

insert into lane (recipient, priority, pending, failed, unconfirmed, taken)
select r.id, p.name, 0, 0, 0, false
from (select id from recipient union select recipient from message) r
cross join (select 'URGENT' as name union select 'HIGH' union select 'NORMAL') p;

update lane set
    pending = (select count(*) from message m
        where m.recipient = lane.recipient and m.priority = lane.priority and m.state = 'PENDING'),
    failed = (select count(*) from message m
        where m.recipient = lane.recipient and m.priority = lane.priority and m.state = 'FAILED'),
    unconfirmed = (select count(*) from message m
        where m.recipient = lane.recipient and m.priority = lane.priority and m.state = 'UNCONFIRMED'),
    -- What is being delivered comes first: it was the first when it was taken.
    head = coalesce(
        (select min(m.seq) from message m
            where m.recipient = lane.recipient and m.priority = lane.priority and m.state = 'PROCESSING'),
        (select min(m.lane_seq) from message m
            where m.recipient = lane.recipient and m.priority = lane.priority));

update lane set
    taken = exists (select 1 from message m where m.seq = lane.head and m.state = 'PROCESSING'),
    head_rank = (select m.claim_rank from message m where m.seq = lane.head),
    head_since = (select m.accepted_at from message m where m.seq = lane.head),
    due_at = (select m.next_attempt_at from message m where m.seq = lane.head)
where head is not null;

drop index message_claim;
drop index message_waiting;
drop index message_due;

create index message_lane on message (recipient, priority, lane_seq);
create index message_deferred on message (deferred_until);
create index message_state on message (state, seq);
create index message_recipient on message (recipient, seq);
create index message_recipient_state on message (recipient, state, seq);
create index message_sender on message (sender, seq);
create index message_broadcast on message (broadcast, seq);
create index message_finished on message (state, finished_at);
