with near as (
  select row from sessions where identity_row = :identity order by start desc limit :sessions
),
of_visitor as (
  select id, source_row, body from events where session_row in (select row from near)
  union all
  select id, source_row, body from events where identity_row = :identity and told = 1
)
select count(distinct body ->> '$.seq') as seen, ifnull(max(body ->> '$.seq'), 0) as highest
from of_visitor
where source_row = :source and body ->> '$.tab' = :tab and body ->> '$.seq' between 1 and :most and id <> :id
