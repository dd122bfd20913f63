-- Non-passive events of type `page` in the session, so that metrics sum them without reading the state.

alter table sessions add column page_views integer not null default 0;

update sessions set page_views = state ->> '$.counts[1]';
