with own as materialized (/* own */),
other as materialized (/* other */),
sessions as (
  select own.session_row
  from own
  join other on other.event_row = own.event_row
  group by own.session_row
  having count(distinct other.session_row) > 1
)
select s.row, s.id
from sessions
join own_schema.sessions s on s.row = sessions.session_row
order by s.start, s.row
limit :limit
