-- The same for H2 and PostgreSQL.

-- Recipients that only have an inbox: their messages need no desktop.
alter table recipient add column windowless boolean default false not null;
