select e.row, e.body ->> '$.userId' as userId
from facts.events e
where e.session_row in (select row from facts.sessions where identity_row = :visitor)
union
select e.row, e.body ->> '$.userId'
from facts.events e
where e.identity_row = :visitor and e.told = 1
