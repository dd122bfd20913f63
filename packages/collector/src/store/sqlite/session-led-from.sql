select source_row
from (
  select source_row, time, id, max(is_target) over (order by time, id) as has_come, max(is_target) over () as comes
  from (
    select e.source_row, e.time, e.id, e.source_row in (select value from json_each(:ledTargets)) as is_target
    from events e
    where e.session_row = s.row and e.passive = 0
      and (
        e.source_row in (select value from json_each(:ledOrigins))
        or e.source_row in (select value from json_each(:ledTargets))
      )
  )
)
where comes = 1 and has_come = 0
order by time desc, id desc
limit 1
