insert into sessions (
  row, id, identity_row, derived, profile_row, source_row, start, ends_at, duration, events, page_views,
  entry_name, exit_name, entry_path, exit_path, device, country,
  utm_source, utm_medium, utm_campaign, utm_term, utm_content, terms, state, bounds, settled, rulebook, points, goals
)
select ?, ?, ?, 1, iif(profile_row = identity_row, ?, profile_row), source_row, start, ?, duration, events, page_views,
  entry_name, exit_name, entry_path, exit_path, device, country,
  utm_source, utm_medium, utm_campaign, utm_term, utm_content, terms, '', ?, ?, rulebook, points, goals
from facts.sessions
where row = ?
