-- Events that were erased for good: the first half of the SHA-256 of each id, so that a late repetition is known again and nothing else can
-- be learnt from it. `time` is the event's.

create table erased_events (
  hash blob primary key,
  time integer not null
) strict, without rowid;

create index erased_by_time on erased_events (time);
