with bounds as (
  select key as place, value as since, lead(value) over (order by key) as until
  from json_each(:bounds)
)
select bounds.place, /* sums */
from /* tables */
where s.start >= bounds.since and s.start < bounds.until and /* conditions */
group by bounds.place
