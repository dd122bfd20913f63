select /* values */, /* sums */
from sessions s
where /* conditions */
group by /* values */
order by sessions desc, min(s.row)
limit :limit
