-- The indexes of a story.

create index users_by_id on identities (id collate nocase) where kind = 1;
create unique index sessions_by_id on sessions (id);
create index packed_by_session on packed (session_row);
create index told_by_key on told (identity_row, time);
create index told_by_session on told (session_row, time);
create index sessions_by_identity on sessions (identity_row, start);
create index sessions_by_start on sessions (start);
create index sessions_live on sessions (start) where settled = 0;
create index settled_by_end on sessions (ends_at) where settled = 1;
create index settled_by_duration on sessions (duration) where settled = 1;
create index settled_by_events on sessions (events) where settled = 1;
create index settled_by_profile on sessions (profile_row, start) where settled = 1;
create index settled_by_source on sessions (source_row, start) where settled = 1;
create index settled_by_entry_name on sessions (entry_name, start) where settled = 1 and entry_name is not null;
create index settled_by_exit_name on sessions (exit_name, start) where settled = 1 and exit_name is not null;
create index settled_by_entry_path on sessions (entry_path, start) where settled = 1 and entry_path is not null;
create index settled_by_exit_path on sessions (exit_path, start) where settled = 1 and exit_path is not null;
create index settled_by_device on sessions (device, start) where settled = 1 and device is not null;
create index settled_by_country on sessions (country, start) where settled = 1 and country is not null;
create index settled_by_utm_source on sessions (utm_source, start) where settled = 1 and utm_source is not null;
create index settled_by_utm_medium on sessions (utm_medium, start) where settled = 1 and utm_medium is not null;
create index settled_by_utm_campaign on sessions (utm_campaign, start) where settled = 1 and utm_campaign is not null;
create index settled_by_utm_term on sessions (utm_term, start) where settled = 1 and utm_term is not null;
create index settled_by_utm_content on sessions (utm_content, start) where settled = 1 and utm_content is not null;
create index sessions_by_rulebook on sessions (rulebook);
create index settled_by_points on sessions (points) where settled = 1;
create index settled_converted on sessions (start) where settled = 1 and goals is not null;
create index settled_sums on sessions (
  start, identity_row, duration, events, page_views, points, goals, source_row, entry_name, entry_path, exit_name, exit_path,
  device, country, utm_source, utm_medium, utm_campaign
) where settled = 1;
