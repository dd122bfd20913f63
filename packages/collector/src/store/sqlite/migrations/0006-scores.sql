-- Scoring rules and goals, as JSON; each change of them is a rulebook of the next number. Number 0 has no rules, and no row.

create table rulebooks (
  number integer primary key,
  body text not null
) strict;

-- The rulebook that the points and goals of a session were found by; -1: by several, so that they say nothing.
alter table sessions add column rulebook integer not null default 0;

-- Which sessions are to be scored again.
create index sessions_by_rulebook on sessions (rulebook);
create index settled_by_points on sessions (points) where settled = 1;
create index settled_converted on sessions (start) where settled = 1 and goals is not null;
