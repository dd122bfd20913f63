select s.row, s.start, s.identity_row as identity
from sessions s
where (:start is null or (s.start, s.row) < (:start, :row))
  and not exists (
    select 1
    from sessions later
    where later.identity_row = s.identity_row and (later.start, later.row) > (s.start, s.row)
  )
order by s.start desc, s.row desc
limit :limit
