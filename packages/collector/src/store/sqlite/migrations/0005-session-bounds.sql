-- `bounds` is JSON: why a session began and ended, where a definition other than `client` tells it. `goals` is JSON: the names of the goals
-- that its events reach, sorted; null where they reach none.

alter table sessions add column bounds text;
alter table sessions add column points integer not null default 0;
alter table sessions add column goals text;
