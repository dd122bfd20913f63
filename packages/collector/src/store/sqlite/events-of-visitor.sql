select row from events where session_row in (select row from sessions where identity_row = :visitor)
union
select row from events where identity_row = :visitor and told = 1
