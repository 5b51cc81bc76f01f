alter table alerts_channel enable row level security;
alter table alerts_channel force row level security;
drop policy if exists project_rows on alerts_channel;
create policy project_rows on alerts_channel to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on alerts_channel to rampart_project;

-- The waker may learn which channels of which projects are due, and nothing else about them.
drop policy if exists installation_rows on alerts_channel;
create policy installation_rows on alerts_channel for select to rampart_installation using (true);
grant select (project_id, id, tenant_id, enabled, wake_at) on alerts_channel to rampart_installation;

alter table alerts_profile enable row level security;
alter table alerts_profile force row level security;
drop policy if exists project_rows on alerts_profile;
create policy project_rows on alerts_profile to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on alerts_profile to rampart_project;

alter table alerts_label enable row level security;
alter table alerts_label force row level security;
drop policy if exists project_rows on alerts_label;
create policy project_rows on alerts_label to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on alerts_label to rampart_project;

alter table alerts_fact enable row level security;
alter table alerts_fact force row level security;
drop policy if exists project_rows on alerts_fact;
create policy project_rows on alerts_fact to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on alerts_fact to rampart_project;

alter table alerts_delivery enable row level security;
alter table alerts_delivery force row level security;
drop policy if exists project_rows on alerts_delivery;
create policy project_rows on alerts_delivery to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on alerts_delivery to rampart_project;
