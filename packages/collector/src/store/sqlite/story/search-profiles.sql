select i.row as identity, max(s.start) as start
from identities i
cross join sessions s on s.identity_row = i.row
where instr(lower(i.id), lower(:search)) > 0
  or (i.kind = :user and i.id = (select user_id from links where visitor = :search))
group by i.row
order by start desc, i.row desc
limit :limit
