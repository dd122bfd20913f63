update sessions
set ends_at = ?, duration = ?, events = ?, page_views = ?, exit_name = ?, exit_path = ?, points = ?, goals = ?,
  terms = ?, state = ?
where row = ?
