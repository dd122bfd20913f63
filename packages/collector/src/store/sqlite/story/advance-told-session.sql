update sessions
set ends_at = :ends_at, duration = :duration, events = :events, page_views = :page_views, exit_name = :exit_name,
  exit_path = :exit_path, points = :points, goals = :goals, terms = :terms, bounds = :bounds
where row = :row
