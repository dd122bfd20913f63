select i.id, min(e.time) as first, max(e.time) as last, count(*) as events
from told
join facts.events e on e.row = told.event_row
join facts.identities i on i.row = e.identity_row
where told.identity_row = :identity and i.kind = :visitor
group by i.row
order by last desc
limit :limit
