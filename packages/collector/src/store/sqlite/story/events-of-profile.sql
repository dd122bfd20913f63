with members as (
  select event_row from told where identity_row = :identity
  union all
  select abs(member.value)
  from packed
  join json_each(packed.events) member
  where packed.identity_row = :identity
)
select e.row, e.identity_row as identity, i.kind
from members
cross join facts.events e on e.row = members.event_row
left join facts.identities i on i.row = e.identity_row
