select /* values */, /* sums */
from /* grouped */
group by /* values */
order by sessions desc, min(s.row)
limit :limit
