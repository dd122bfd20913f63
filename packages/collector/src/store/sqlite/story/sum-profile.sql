select i.kind, i.id, count(*) as sessions, ifnull(sum(s.events), 0) as events, ifnull(sum(s.duration), 0) as duration,
  ifnull(sum(s.points), 0) as points,
  min(s.start) as first, max(s.start + 1000 * s.duration) as last
from sessions s
join identities i on i.row = s.identity_row
where s.identity_row = :identity
group by s.identity_row
