-- What metrics sum and group settled sessions by, so that they read it alone, in the order of starts, and not the sessions whole.

create index settled_sums on sessions (
  start, identity_row, duration, events, page_views, points, goals, source_row, entry_name, entry_path, exit_name, exit_path,
  device, country, utm_source, utm_medium, utm_campaign
) where settled = 1;
