-- The same for H2 and PostgreSQL.

-- Where a recipient's window was when a message was last delivered into it: what a window that was moved is told by.
create table window_seen (
    recipient varchar(64)                 not null primary key, -- no foreign key: only a hint, and forgotten with a PUT
    x         integer                     not null, -- the window's client area on the screen
    y         integer                     not null,
    width     integer                     not null,
    height    integer                     not null,
    input_x   integer                     not null, -- the input point inside the window
    input_y   integer                     not null,
    seen_at   timestamp(6) with time zone not null
);
