with found as materialized (
  select s.row, s.start, s.identity_row, s.duration, s.events, s.page_views, s.points, s.goals
  from sessions s
  where /* conditions */
  order by s.start desc, s.row desc
  limit :examined
),
/* reached */
pages as (
  select e.session_row, e.time, e.id, e.body ->> '$.page.path' as path
  from found
  cross join events e on e.session_row = found.row
  /* until */
  where e.type = :page and e.passive = 0 and e.body ->> '$.page.path' is not null
),
turns as (
  select session_row, time, id, path, lag(path) over (partition by session_row order by time, id) as before
  from pages
),
steps as (
  select session_row, path,
    row_number() over (partition by session_row order by time /* toward */, id /* toward */) as place
  from turns
  where before is null or path <> before
),
paths as (
  /* ways */
)
select paths.steps, /* sums */
from found s
left join paths on paths.session_row = s.row
group by paths.steps
order by sessions desc, min(s.row)
limit :limit
