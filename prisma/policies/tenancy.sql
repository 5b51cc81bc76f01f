-- Tenants and projects are rows of the installation; a project sees itself and its tenant.
alter table tenancy_tenant enable row level security;
alter table tenancy_tenant force row level security;
drop policy if exists installation_rows on tenancy_tenant;
create policy installation_rows on tenancy_tenant to rampart_installation using (true) with check (true);
drop policy if exists own_tenant on tenancy_tenant;
create policy own_tenant on tenancy_tenant for select to rampart_project
  using (id = (select tenant_id from tenancy_project where tenancy_project.id = current_setting('app.project')::uuid));
grant select, insert, update, delete on tenancy_tenant to rampart_installation;
grant select on tenancy_tenant to rampart_project;

alter table tenancy_project enable row level security;
alter table tenancy_project force row level security;
drop policy if exists installation_rows on tenancy_project;
create policy installation_rows on tenancy_project to rampart_installation using (true) with check (true);
drop policy if exists own_project on tenancy_project;
create policy own_project on tenancy_project for select to rampart_project
  using (id = current_setting('app.project')::uuid);
grant select, insert, update, delete on tenancy_project to rampart_installation;
grant select on tenancy_project to rampart_project;
