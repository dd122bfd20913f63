-- Facts, and the sessions of the `client` definition. Rows are numbered by birth, so that what is written together lies together.

create table settings (
  name text primary key,
  value text not null
) strict, without rowid;

-- A source that facts name but nobody added has no write key. One that was removed keeps its row for the sake of its facts.
create table sources (
  row integer primary key,
  id text not null unique,
  name text not null,
  type text not null,
  origins text,
  write_key text unique,
  removed integer not null default 0
) strict;

-- Texts that repeat: event names, paths, tags, campaign values, countries, device types.
create table words (
  row integer primary key,
  text text not null unique
) strict;

-- What holds for all events of a request, kept once per distinct value. `hash` is the first half of the SHA-256 of `body`, which is JSON.
create table contexts (
  row integer primary key,
  hash blob not null unique,
  body text not null
) strict;

-- Whose events there are: visitors (kind 0), and users (kind 1). `profile` is the UUID that is made from kind and id.
-- `told` is 1 once there is an event without a stamp, so that the rule for such events has to look at all of them.
create table identities (
  row integer primary key,
  profile blob not null unique,
  kind integer not null,
  id text not null,
  told integer not null default 0
) strict;

-- `id` is a 16-byte blob when it is a canonical UUID, else text. `body` is JSON: what of the event is in no column.
create table events (
  row integer primary key,
  id any not null unique,
  session_row integer,
  identity_row integer not null,
  time integer not null,
  received_at integer not null,
  clock_offset real not null,
  source_row integer not null,
  context_row integer not null,
  type integer not null,
  name_row integer not null,
  passive integer not null,
  stamped integer not null,
  told integer not null,
  body text not null
) strict;

create index events_by_session on events (session_row, time);
create index events_by_time on events (time);
create index events_told on events (identity_row, time, id) where told = 1;

-- A session and what it can be found by. `entry_name` to `utm_content` are words. `terms` lists the words anywhere in the session, such
-- as `,n12,t7,p9,`: names, tags, paths. `state` is JSON: all that is folded of its events.
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
  state text not null
) strict;

create index sessions_by_identity on sessions (identity_row, start);
create index sessions_by_start on sessions (start);
