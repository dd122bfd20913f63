update sessions
set rulebook = :rulebook, points = :points, goals = :goals, state = :state
where row = :row
