select row, id, time, session_row, passive, stamped
from events
where identity_row = :identity
  and told = 1
  and time < :before
  and (time, id) > (:time, :id)
order by time, id
limit :limit
