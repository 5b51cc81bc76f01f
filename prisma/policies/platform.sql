-- Facts are appended inside a project; only the relay, which works for the whole installation, reads and removes them.
alter table platform_outbox enable row level security;
alter table platform_outbox force row level security;
drop policy if exists project_rows on platform_outbox;
create policy project_rows on platform_outbox for insert to rampart_project
  with check (project_id = current_setting('app.project')::uuid);
drop policy if exists installation_rows on platform_outbox;
create policy installation_rows on platform_outbox to rampart_installation using (true) with check (true);
grant insert on platform_outbox to rampart_project;
grant select, insert, update, delete on platform_outbox to rampart_installation;

-- The ledger of published jobs belongs to the relay and the lanes alone.
alter table platform_job enable row level security;
alter table platform_job force row level security;
drop policy if exists installation_rows on platform_job;
create policy installation_rows on platform_job to rampart_installation using (true) with check (true);
grant select, insert, update, delete on platform_job to rampart_installation;
