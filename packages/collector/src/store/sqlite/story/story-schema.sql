-- The sessions that one definition tells, in a file of their own: all of it is told of the facts, and can be told of them again.
-- `sessions` and `session_terms` are as in the file of the facts, with words and identities of their own, and without states. The indexes are in a file of their
-- own, because a rebuild makes them last.

-- One row. Events up to row `told_up_to` have been told, the latest of them of `latest_time`. Of the sources up to row `last_source`, those
-- in `admitted` take part (JSON; null: all do).
create table story (
  told_up_to integer not null,
  latest_time integer not null,
  last_source integer not null,
  admitted text
) strict;

insert into story values (0, 0, 0, null);

create table words (
  row integer primary key,
  text text not null unique
) strict;

-- The keys that sessions are told by: visitors (kind 0) and users (kind 1).
create table identities (
  row integer primary key,
  profile blob not null unique,
  kind integer not null,
  id text not null,
  told integer not null default 0
) strict;

-- Under the scope `profile`: the first event with which a visitor named a user, so whose its anonymous events are.
create table links (
  visitor text primary key,
  time integer not null,
  event_id text not null,
  user_id text not null
) strict, without rowid;

-- The events that take part: whose they are, and which session they are told in (0: none). `active` is 0 for what the definition calls passive.
create table told (
  event_row integer primary key,
  identity_row integer not null,
  time integer not null,
  session_row integer not null,
  source_row integer not null,
  active integer not null
) strict;

-- The same of keys that a rebuild told and that no event has come to since: the events of a session (0: those in none) as a JSON array of their
-- rows, passive ones negative. Where one more event of such a key comes, its events go to `told`.
create table packed (
  identity_row integer not null,
  session_row integer not null,
  events text not null,
  primary key (identity_row, session_row)
) strict, without rowid;

create table sessions (
  row integer primary key,
  id any not null,
  identity_row integer not null,
  derived integer not null,
  profile_row integer not null,
  source_row integer not null,
  start integer not null,
  ends_at integer not null,
  duration integer not null,
  events integer not null,
  page_views integer not null default 0,
  entry_name integer,
  exit_name integer,
  entry_path integer,
  exit_path integer,
  device integer,
  country integer,
  utm_source integer,
  utm_medium integer,
  utm_campaign integer,
  utm_term integer,
  utm_content integer,
  terms text not null,
  state text not null,
  settled integer not null default 0,
  bounds text,
  points integer not null default 0,
  goals text,
  rulebook integer not null default 0
) strict;

create table session_terms (
  term text not null,
  start integer not null,
  session_row integer not null,
  primary key (term, start, session_row)
) strict, without rowid;

-- What the gaps between the non-passive events of each key amount to, by UTC day; of the events of one source alone, or of all (source 0).
-- `cells` are the three arrays of numbers of `GapCells`. Kept only where what-if is asked of the story.
create table gaps (
  source_row integer not null,
  day integer not null,
  cells blob not null,
  primary key (source_row, day)
) strict, without rowid;
