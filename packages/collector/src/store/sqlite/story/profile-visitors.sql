with members as (
  select event_row from told where identity_row = :identity
  union all
  select abs(member.value)
  from packed
  join json_each(packed.events) member
  where packed.identity_row = :identity
)
select i.id, min(e.time) as first, max(e.time) as last, count(*) as events
from members
cross join facts.events e on e.row = members.event_row
join facts.identities i on i.row = e.identity_row
where i.kind = :visitor
group by i.row
order by last desc
limit :limit
