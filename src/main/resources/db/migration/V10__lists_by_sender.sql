-- The same for H2 and PostgreSQL.

-- Lists of one sender's messages in one state, or for one recipient, newest first.
create index message_sender_state on message (sender, state, seq);
create index message_sender_recipient on message (sender, recipient, seq);
