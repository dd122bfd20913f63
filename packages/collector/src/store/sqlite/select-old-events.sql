-- Events of sessions of which every event is too old.
select e.row
from (
  select s.row
  from sessions s
  where s.start < :before
    and s.ends_at < :before
    and not exists (select 1 from events e where e.session_row = s.row and e.time >= :before)
  order by s.start
  limit :sessions
) old
cross join events e on e.session_row = old.row
