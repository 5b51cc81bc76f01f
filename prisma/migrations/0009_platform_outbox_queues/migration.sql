-- The relay takes a few facts of each kind from each project in turn, so that nobody waits behind a flood of another's.
create index platform_outbox_project_id_type_id_idx on platform_outbox (project_id, type, id);
drop index platform_outbox_id_idx;
