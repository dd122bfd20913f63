insert into session_terms
select term.value, sessions.start, sessions.row
from sessions
join json_each('["' || replace(trim(sessions.terms, ','), ',', '","') || '"]') term
where sessions.settled = 1 and sessions.terms <> ''
order by term.value, sessions.start, sessions.row
