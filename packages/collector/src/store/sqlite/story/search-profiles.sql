with found as materialized (
  select row
  from (
    select row
    from identities
    where kind = 1 and id collate nocase >= :search and id collate nocase < :search || char(1114111)
    order by id collate nocase
    limit :examined
  )
  union
  select row
  from (select row from identities where profile between :first_profile and :last_profile limit :examined)
  union
  select row from identities where profile in (:visitor, :known_as)
)
select row as identity, (select max(s.start) from sessions s where s.identity_row = found.row) as start
from found
where start is not null
order by start desc, row desc
limit :limit
