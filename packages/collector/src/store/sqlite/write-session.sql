insert into sessions (
  row, id, identity_row, derived, profile_row, source_row, start, ends_at, duration, events, page_views,
  entry_name, exit_name, entry_path, exit_path, device, country,
  utm_source, utm_medium, utm_campaign, utm_term, utm_content, terms, state, bounds,
  rulebook, points, goals
)
values (
  :row, :id, :identity_row, :derived, :profile_row, :source_row, :start, :ends_at, :duration, :events, :page_views,
  :entry_name, :exit_name, :entry_path, :exit_path, :device, :country,
  :utm_source, :utm_medium, :utm_campaign, :utm_term, :utm_content, :terms, :state, :bounds,
  :rulebook, :points, :goals
)
on conflict (row) do update set
  settled = 0,
  id = excluded.id,
  derived = excluded.derived,
  profile_row = excluded.profile_row,
  source_row = excluded.source_row,
  start = excluded.start,
  ends_at = excluded.ends_at,
  duration = excluded.duration,
  events = excluded.events,
  page_views = excluded.page_views,
  entry_name = excluded.entry_name,
  exit_name = excluded.exit_name,
  entry_path = excluded.entry_path,
  exit_path = excluded.exit_path,
  device = excluded.device,
  country = excluded.country,
  utm_source = excluded.utm_source,
  utm_medium = excluded.utm_medium,
  utm_campaign = excluded.utm_campaign,
  utm_term = excluded.utm_term,
  utm_content = excluded.utm_content,
  terms = excluded.terms,
  state = excluded.state,
  bounds = excluded.bounds,
  rulebook = excluded.rulebook,
  points = excluded.points,
  goals = excluded.goals
