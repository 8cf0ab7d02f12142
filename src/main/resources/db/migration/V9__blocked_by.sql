-- The same for H2 and PostgreSQL.

-- The agent's sessions that show a question, as hashes with blanks between them: only they end it. Null: nobody knows which.
alter table activity add column blocked_by varchar(300);
