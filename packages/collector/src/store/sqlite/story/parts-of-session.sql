with own as (/* own */),
other as (/* other */)
select distinct s.row, s.id, s.bounds
from own
join other on other.event_row = own.event_row
join other_schema.sessions s on s.row = other.session_row
where own.session_row = :session
order by s.start, s.row
limit :limit
