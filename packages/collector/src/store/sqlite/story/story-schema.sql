-- The sessions that one definition tells, in a file of their own: all of it is told of the facts, and can be told of them again.
-- `sessions` and `session_terms` are as in the file of the facts, with words and identities of their own.

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

create index told_by_key on told (identity_row, time);
create index told_by_session on told (session_row, time);

create table sessions (
  row integer primary key,
  id any not null unique,
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

create index sessions_by_identity on sessions (identity_row, start);
create index sessions_by_start on sessions (start);
create index sessions_live on sessions (settled) where settled = 0;
create index settled_by_end on sessions (ends_at) where settled = 1;
create index settled_by_duration on sessions (duration) where settled = 1;
create index settled_by_events on sessions (events) where settled = 1;
create index settled_by_profile on sessions (profile_row, start) where settled = 1;
create index settled_by_source on sessions (source_row, start) where settled = 1;
create index settled_by_entry_name on sessions (entry_name, start) where settled = 1 and entry_name is not null;
create index settled_by_exit_name on sessions (exit_name, start) where settled = 1 and exit_name is not null;
create index settled_by_entry_path on sessions (entry_path, start) where settled = 1 and entry_path is not null;
create index settled_by_exit_path on sessions (exit_path, start) where settled = 1 and exit_path is not null;
create index settled_by_device on sessions (device, start) where settled = 1 and device is not null;
create index settled_by_country on sessions (country, start) where settled = 1 and country is not null;
create index settled_by_utm_source on sessions (utm_source, start) where settled = 1 and utm_source is not null;
create index settled_by_utm_medium on sessions (utm_medium, start) where settled = 1 and utm_medium is not null;
create index settled_by_utm_campaign on sessions (utm_campaign, start) where settled = 1 and utm_campaign is not null;
create index settled_by_utm_term on sessions (utm_term, start) where settled = 1 and utm_term is not null;
create index settled_by_utm_content on sessions (utm_content, start) where settled = 1 and utm_content is not null;
create index sessions_by_rulebook on sessions (rulebook);
create index settled_by_points on sessions (points) where settled = 1;
create index settled_converted on sessions (start) where settled = 1 and goals is not null;

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
