-- What the feeds say is read by every project and written by the import alone.
alter table vulnerabilities_source enable row level security;
alter table vulnerabilities_source force row level security;
drop policy if exists installation_rows on vulnerabilities_source;
create policy installation_rows on vulnerabilities_source to rampart_installation using (true) with check (true);
drop policy if exists readable on vulnerabilities_source;
create policy readable on vulnerabilities_source for select to rampart_project using (true);
grant select, insert, update, delete on vulnerabilities_source to rampart_installation;
grant select on vulnerabilities_source to rampart_project;

alter table vulnerabilities_advisory enable row level security;
alter table vulnerabilities_advisory force row level security;
drop policy if exists installation_rows on vulnerabilities_advisory;
create policy installation_rows on vulnerabilities_advisory to rampart_installation using (true) with check (true);
drop policy if exists readable on vulnerabilities_advisory;
create policy readable on vulnerabilities_advisory for select to rampart_project using (true);
grant select, insert, update, delete on vulnerabilities_advisory to rampart_installation;
grant select on vulnerabilities_advisory to rampart_project;

alter table vulnerabilities_affected enable row level security;
alter table vulnerabilities_affected force row level security;
drop policy if exists installation_rows on vulnerabilities_affected;
create policy installation_rows on vulnerabilities_affected to rampart_installation using (true) with check (true);
drop policy if exists readable on vulnerabilities_affected;
create policy readable on vulnerabilities_affected for select to rampart_project using (true);
grant select, insert, update, delete on vulnerabilities_affected to rampart_installation;
grant select on vulnerabilities_affected to rampart_project;

alter table vulnerabilities_cve enable row level security;
alter table vulnerabilities_cve force row level security;
drop policy if exists installation_rows on vulnerabilities_cve;
create policy installation_rows on vulnerabilities_cve to rampart_installation using (true) with check (true);
drop policy if exists readable on vulnerabilities_cve;
create policy readable on vulnerabilities_cve for select to rampart_project using (true);
grant select, insert, update, delete on vulnerabilities_cve to rampart_installation;
grant select on vulnerabilities_cve to rampart_project;

alter table vulnerabilities_change enable row level security;
alter table vulnerabilities_change force row level security;
drop policy if exists installation_rows on vulnerabilities_change;
create policy installation_rows on vulnerabilities_change to rampart_installation using (true) with check (true);
drop policy if exists readable on vulnerabilities_change;
create policy readable on vulnerabilities_change for select to rampart_project using (true);
grant select, insert, update, delete on vulnerabilities_change to rampart_installation;
grant select on vulnerabilities_change to rampart_project;

-- What was found belongs to a project.
alter table vulnerabilities_progress enable row level security;
alter table vulnerabilities_progress force row level security;
drop policy if exists project_rows on vulnerabilities_progress;
create policy project_rows on vulnerabilities_progress to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_progress to rampart_project;
drop policy if exists installation_rows on vulnerabilities_progress;
create policy installation_rows on vulnerabilities_progress for select to rampart_installation using (true);
grant select on vulnerabilities_progress to rampart_installation;

alter table vulnerabilities_round enable row level security;
alter table vulnerabilities_round force row level security;
drop policy if exists project_rows on vulnerabilities_round;
create policy project_rows on vulnerabilities_round to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_round to rampart_project;

alter table vulnerabilities_resource enable row level security;
alter table vulnerabilities_resource force row level security;
drop policy if exists project_rows on vulnerabilities_resource;
create policy project_rows on vulnerabilities_resource to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_resource to rampart_project;

alter table vulnerabilities_match enable row level security;
alter table vulnerabilities_match force row level security;
drop policy if exists project_rows on vulnerabilities_match;
create policy project_rows on vulnerabilities_match to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_match to rampart_project;

alter table vulnerabilities_finding enable row level security;
alter table vulnerabilities_finding force row level security;
drop policy if exists project_rows on vulnerabilities_finding;
create policy project_rows on vulnerabilities_finding to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_finding to rampart_project;

alter table vulnerabilities_cve_summary enable row level security;
alter table vulnerabilities_cve_summary force row level security;
drop policy if exists project_rows on vulnerabilities_cve_summary;
create policy project_rows on vulnerabilities_cve_summary to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_cve_summary to rampart_project;

alter table vulnerabilities_policy enable row level security;
alter table vulnerabilities_policy force row level security;
drop policy if exists project_rows on vulnerabilities_policy;
create policy project_rows on vulnerabilities_policy to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_policy to rampart_project;

-- Audits are append-only: nobody may change what a rule has said.
alter table vulnerabilities_audit enable row level security;
alter table vulnerabilities_audit force row level security;
drop policy if exists project_rows on vulnerabilities_audit;
create policy project_rows on vulnerabilities_audit to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert on vulnerabilities_audit to rampart_project;

-- What an import has read so far is nobody's but the import's.
alter table vulnerabilities_staged_advisory enable row level security;
alter table vulnerabilities_staged_advisory force row level security;
drop policy if exists installation_rows on vulnerabilities_staged_advisory;
create policy installation_rows on vulnerabilities_staged_advisory to rampart_installation using (true) with check (true);
grant select, insert, update, delete on vulnerabilities_staged_advisory to rampart_installation;

alter table vulnerabilities_staged_affected enable row level security;
alter table vulnerabilities_staged_affected force row level security;
drop policy if exists installation_rows on vulnerabilities_staged_affected;
create policy installation_rows on vulnerabilities_staged_affected to rampart_installation using (true) with check (true);
grant select, insert, update, delete on vulnerabilities_staged_affected to rampart_installation;

alter table vulnerabilities_staged_cve enable row level security;
alter table vulnerabilities_staged_cve force row level security;
drop policy if exists installation_rows on vulnerabilities_staged_cve;
create policy installation_rows on vulnerabilities_staged_cve to rampart_installation using (true) with check (true);
grant select, insert, update, delete on vulnerabilities_staged_cve to rampart_installation;

-- Addresses and keys belong to the operator. Projects see neither: an address may name a host of the inner network.
alter table vulnerabilities_feed_location enable row level security;
alter table vulnerabilities_feed_location force row level security;
drop policy if exists installation_rows on vulnerabilities_feed_location;
create policy installation_rows on vulnerabilities_feed_location to rampart_installation using (true) with check (true);
grant select, insert, update, delete on vulnerabilities_feed_location to rampart_installation;

alter table vulnerabilities_bundle_key enable row level security;
alter table vulnerabilities_bundle_key force row level security;
drop policy if exists installation_rows on vulnerabilities_bundle_key;
create policy installation_rows on vulnerabilities_bundle_key to rampart_installation using (true) with check (true);
grant select, insert, update, delete on vulnerabilities_bundle_key to rampart_installation;

-- What a project knows by itself.
alter table vulnerabilities_custom enable row level security;
alter table vulnerabilities_custom force row level security;
drop policy if exists project_rows on vulnerabilities_custom;
create policy project_rows on vulnerabilities_custom to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_custom to rampart_project;

alter table vulnerabilities_allowed_cve enable row level security;
alter table vulnerabilities_allowed_cve force row level security;
drop policy if exists project_rows on vulnerabilities_allowed_cve;
create policy project_rows on vulnerabilities_allowed_cve to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_allowed_cve to rampart_project;

alter table vulnerabilities_own_list enable row level security;
alter table vulnerabilities_own_list force row level security;
drop policy if exists project_rows on vulnerabilities_own_list;
create policy project_rows on vulnerabilities_own_list to rampart_project
  using (project_id = current_setting('app.project')::uuid) with check (project_id = current_setting('app.project')::uuid);
grant select, insert, update, delete on vulnerabilities_own_list to rampart_project;
