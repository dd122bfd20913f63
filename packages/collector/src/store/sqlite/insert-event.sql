insert into events (
  id, session_row, identity_row, time, received_at, clock_offset, source_row, context_row,
  type, name_row, passive, stamped, told, body, checksum
)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (id) do nothing
