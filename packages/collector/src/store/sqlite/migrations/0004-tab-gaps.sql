-- Tabs of which something has not arrived: of the events that they numbered up to `highest`, only `seen` are stored. A tab of which all is stored has no row.
create table tab_gaps (
  source_row integer not null,
  tab text not null,
  highest integer not null,
  seen integer not null,
  primary key (source_row, tab)
) strict, without rowid;
