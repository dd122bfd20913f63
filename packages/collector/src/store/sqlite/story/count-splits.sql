with own as materialized (/* own */),
other as materialized (/* other */),
sessions as (
  select own.session_row, count(distinct other.session_row) as parts
  from own
  left join other on other.event_row = own.event_row
  group by own.session_row
)
select ifnull(sum(parts > 1), 0) as several, ifnull(sum(parts = 0), 0) as alone
from sessions
