-- Everything that Defenders report belongs to the project whose certificate they hold; nothing here is shared.
alter table inventory_image enable row level security;
alter table inventory_image force row level security;
drop policy if exists project_rows on inventory_image;
create policy project_rows on inventory_image to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_image to rampart_project;

alter table inventory_image_host enable row level security;
alter table inventory_image_host force row level security;
drop policy if exists project_rows on inventory_image_host;
create policy project_rows on inventory_image_host to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_image_host to rampart_project;

alter table inventory_host enable row level security;
alter table inventory_host force row level security;
drop policy if exists project_rows on inventory_host;
create policy project_rows on inventory_host to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_host to rampart_project;

alter table inventory_container enable row level security;
alter table inventory_container force row level security;
drop policy if exists project_rows on inventory_container;
create policy project_rows on inventory_container to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_container to rampart_project;

alter table inventory_component enable row level security;
alter table inventory_component force row level security;
drop policy if exists project_rows on inventory_component;
create policy project_rows on inventory_component to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_component to rampart_project;

alter table inventory_holder enable row level security;
alter table inventory_holder force row level security;
drop policy if exists project_rows on inventory_holder;
create policy project_rows on inventory_holder to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_holder to rampart_project;

alter table inventory_holding enable row level security;
alter table inventory_holding force row level security;
drop policy if exists project_rows on inventory_holding;
create policy project_rows on inventory_holding to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_holding to rampart_project;

alter table inventory_use_look enable row level security;
alter table inventory_use_look force row level security;
drop policy if exists project_rows on inventory_use_look;
create policy project_rows on inventory_use_look to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_use_look to rampart_project;

alter table inventory_use enable row level security;
alter table inventory_use force row level security;
drop policy if exists project_rows on inventory_use;
create policy project_rows on inventory_use to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_use to rampart_project;

alter table inventory_container_change enable row level security;
alter table inventory_container_change force row level security;
drop policy if exists project_rows on inventory_container_change;
create policy project_rows on inventory_container_change to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on inventory_container_change to rampart_project;
