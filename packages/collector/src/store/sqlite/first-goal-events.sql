reached as (
  select session_row, time, id
  from (
    select e.session_row, e.time, e.id, row_number() over (partition by e.session_row order by e.time, e.id) as place
    from found
    cross join events e on e.session_row = found.row
    where reaches_goal(:until, e.type, /* name */, e.body)
  )
  where place = 1
),
