-- CRC-32 (as a signed number) of what the event's row holds, so that damage which leaves the file readable is noticed. Null where the
-- event was stored before there was one.

alter table events add column checksum integer;
