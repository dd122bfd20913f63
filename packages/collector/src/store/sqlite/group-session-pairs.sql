with found as materialized (
  select s.row, s.start, s.identity_row, s.duration, s.events, s.page_views, s.points, s.goals
  from sessions s
  where /* conditions */
  order by s.start desc, s.row desc
  limit :examined
),
moments as materialized (
  select e.session_row, e.time, e.id, e.source_row,
    e.source_row in (select value from json_each(:targets)) as is_target
  from found
  cross join events e on e.session_row = found.row
  where e.passive = 0
    and (
      e.source_row in (select value from json_each(:origins))
      or e.source_row in (select value from json_each(:targets))
    )
),
placed as (
  select session_row, source_row, is_target,
    row_number() over (partition by session_row order by time, id) as place,
    max(is_target) over (partition by session_row order by time, id rows unbounded preceding) as has_come
  from moments
),
targets as (
  select session_row, source_row, min(place) as place
  from placed
  where is_target = 1
  group by session_row
),
origins as (
  select session_row, source_row, max(place) as place
  from placed
  where has_come = 0
  group by session_row
)
select origins.source_row as origin, targets.source_row as target, /* sums */
from targets
join origins on origins.session_row = targets.session_row
join found s on s.row = targets.session_row
group by origins.source_row, targets.source_row
order by sessions desc, min(s.row)
limit :limit
