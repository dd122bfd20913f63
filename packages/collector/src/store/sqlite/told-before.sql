select time, session_row
from events
where identity_row = :identity
  and told = 1
  and time > :after
  and (time, id) < (:time, :id)
  and passive = 0
order by time desc, id desc
limit 1
