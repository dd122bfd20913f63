select json_group_array(path order by place /* toward */)
from (
  select path, row_number() over (order by time /* toward */, id /* toward */) as place
  from (
    select time, id, path, lag(path) over (order by time, id) as before
    from (
      select e.time, e.id, e.body ->> '$.page.path' as path
      from events e
      where e.session_row = s.row and e.type = :page and e.passive = 0 and e.body ->> '$.page.path' is not null
        /* until */
    )
  )
  where before is null or path <> before
)
where place <= :pagesCount
