-- Everything about a Defender belongs to its project.
alter table fleet_authority enable row level security;
alter table fleet_authority force row level security;
drop policy if exists project_rows on fleet_authority;
create policy project_rows on fleet_authority to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_authority to rampart_project;

alter table fleet_defender enable row level security;
alter table fleet_defender force row level security;
drop policy if exists project_rows on fleet_defender;
create policy project_rows on fleet_defender to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_defender to rampart_project;

alter table fleet_certificate enable row level security;
alter table fleet_certificate force row level security;
drop policy if exists project_rows on fleet_certificate;
create policy project_rows on fleet_certificate to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_certificate to rampart_project;

alter table fleet_enrolment_token enable row level security;
alter table fleet_enrolment_token force row level security;
drop policy if exists project_rows on fleet_enrolment_token;
create policy project_rows on fleet_enrolment_token to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_enrolment_token to rampart_project;

alter table fleet_connection enable row level security;
alter table fleet_connection force row level security;
drop policy if exists project_rows on fleet_connection;
create policy project_rows on fleet_connection to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_connection to rampart_project;

alter table fleet_frame enable row level security;
alter table fleet_frame force row level security;
drop policy if exists project_rows on fleet_frame;
create policy project_rows on fleet_frame to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_frame to rampart_project;

alter table fleet_policy enable row level security;
alter table fleet_policy force row level security;
drop policy if exists project_rows on fleet_policy;
create policy project_rows on fleet_policy to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on fleet_policy to rampart_project;

-- The installation's CA is a row of the installation; projects see its public half.
alter table fleet_installation enable row level security;
alter table fleet_installation force row level security;
drop policy if exists installation_rows on fleet_installation;
create policy installation_rows on fleet_installation to rampart_installation using (true) with check (true);
grant select, insert, update on fleet_installation to rampart_installation;
drop policy if exists public_half on fleet_installation;
create policy public_half on fleet_installation for select to rampart_project using (true);
grant select (id, certificate, pin, gateway_names) on fleet_installation to rampart_project;

-- The gateway's handshake: which project does this certificate or this token belong to? Nothing secret, nothing written.
drop policy if exists handshake on fleet_certificate;
create policy handshake on fleet_certificate for select to rampart_installation using (true);
grant select on fleet_certificate to rampart_installation;
drop policy if exists handshake on fleet_authority;
create policy handshake on fleet_authority for select to rampart_installation using (true);
grant select (project_id, id, certificate) on fleet_authority to rampart_installation;
drop policy if exists handshake on fleet_defender;
create policy handshake on fleet_defender for select to rampart_installation using (true);
grant select (project_id, id, hostname, retired_at, announced) on fleet_defender to rampart_installation;
drop policy if exists handshake on fleet_enrolment_token;
create policy handshake on fleet_enrolment_token for select to rampart_installation using (true);
grant select (project_id, id, token_hash) on fleet_enrolment_token to rampart_installation;

-- The relay turns stored reports into jobs without reading them.
drop policy if exists relay on fleet_frame;
create policy relay on fleet_frame to rampart_installation using (true) with check (true);
grant select (project_id, defender_id, epoch, sequence, type, received_at, enqueued_at, claims) on fleet_frame
  to rampart_installation;
grant update (enqueued_at, claims) on fleet_frame to rampart_installation;

-- Upkeep finds the projects in which a lease has ended.
drop policy if exists upkeep on fleet_connection;
create policy upkeep on fleet_connection for select to rampart_installation using (true);
grant select (project_id, defender_id, lease_until) on fleet_connection to rampart_installation;
