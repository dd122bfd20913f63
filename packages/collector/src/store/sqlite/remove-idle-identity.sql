delete from identities
where row = :identity
  and not exists (select 1 from sessions where identity_row = :identity)
  and not exists (select 1 from sessions where settled = 1 and profile_row = :identity)
  and not exists (select 1 from sessions where settled = 0 and profile_row = :identity)
  and not exists (select 1 from events where session_row is null and identity_row = :identity)
