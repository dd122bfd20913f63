-- Sessions that are not settled, in the order of their start, in which most lists want them.

drop index sessions_live;
create index sessions_live on sessions (start) where settled = 0;
