update events
set told = 1
where session_row in (select row from sessions where identity_row = ?)
