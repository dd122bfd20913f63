-- How many numbers up to the last one are of no event, because events were removed. Verify compares it with what is there.

insert or replace into settings (name, value)
select 'store.missing-rows', ifnull(max(row), 0) - count(*) from events;
