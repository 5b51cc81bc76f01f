-- The audit is append-only: nobody may update or delete an entry.
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
drop policy if exists project_rows on audit_entry;
create policy project_rows on audit_entry to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
drop policy if exists installation_rows on audit_entry;
create policy installation_rows on audit_entry for insert to rampart_installation with check (true);
grant select, insert on audit_entry to rampart_project;
grant insert on audit_entry to rampart_installation;
