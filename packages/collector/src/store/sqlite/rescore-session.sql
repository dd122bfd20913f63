update sessions
set rulebook = :rulebook, points = :points, goals = :goals, state = json_set(state, '$.score', json(:score))
where row = :row
