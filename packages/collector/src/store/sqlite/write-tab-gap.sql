insert into tab_gaps (source_row, tab, highest, seen)
values (:source, :tab, :highest, :seen)
on conflict (source_row, tab) do update set highest = excluded.highest, seen = excluded.seen
