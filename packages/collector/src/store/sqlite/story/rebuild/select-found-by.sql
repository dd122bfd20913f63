select identity_row, profile_row, source_row, start, events, page_views,
  entry_name, exit_name, entry_path, exit_path, device, country,
  utm_source, utm_medium, utm_campaign, utm_term, utm_content, terms, rulebook, points, goals
from facts.sessions
where row = ?
