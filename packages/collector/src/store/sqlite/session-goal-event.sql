select g.time, g.id
from events g
where g.session_row = s.row and reaches_goal(:pagesUntil, g.type, /* name */, g.body)
order by g.time, g.id
limit 1
