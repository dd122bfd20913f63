create temp view events as
select e.row, e.id, told.session_row, e.time, e.source_row, e.type, e.name_row, 1 - told.active as passive, e.body
from told
join facts.events e on e.row = told.event_row
where told.session_row > 0
union all
select e.row, e.id, packed.session_row, e.time, e.source_row, e.type, e.name_row, member.value < 0 as passive, e.body
from packed
join json_each(packed.events) member
join facts.events e on e.row = abs(member.value)
where packed.session_row > 0
