select e.row, e.id, e.time, e.received_at, e.clock_offset, e.source_row, e.context_row, e.type, e.passive, e.body, e.checksum,
  w.text as name, i.kind, i.id as identity, s.id as session_id
from events e
left join words w on w.row = e.name_row
left join identities i on i.row = e.identity_row
left join sessions s on s.row = e.session_row
