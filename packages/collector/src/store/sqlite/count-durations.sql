with bounds as (
  select key as place, value as least, lead(value) over (order by key) as beyond
  from json_each(:bounds)
),
found as (
  select s.duration, count(*) as sessions
  from sessions s
  where /* conditions */
  group by s.duration
)
select bounds.place, sum(found.sessions) as sessions
from bounds
join found on found.duration >= bounds.least and (bounds.beyond is null or found.duration < bounds.beyond)
group by bounds.place
