select t.source_row
from events t
where t.session_row = s.row and t.passive = 0 and t.source_row in (select value from json_each(:ledTargets))
order by t.time, t.id
limit 1
