create temp view events as
select e.row, e.id, told.session_row, e.time, e.source_row, e.type, 1 - told.active as passive, e.body
from told
join facts.events e on e.row = told.event_row
where told.session_row > 0
