-- People belong to the installation or a tenant, never to a project: a project's unit of work cannot see them.
alter table identity_user enable row level security;
alter table identity_user force row level security;
drop policy if exists installation_rows on identity_user;
create policy installation_rows on identity_user to rampart_installation using (true) with check (true);
grant select, insert, update, delete on identity_user to rampart_installation;

alter table identity_session enable row level security;
alter table identity_session force row level security;
drop policy if exists installation_rows on identity_session;
create policy installation_rows on identity_session to rampart_installation using (true) with check (true);
grant select, insert, update, delete on identity_session to rampart_installation;

alter table identity_setting enable row level security;
alter table identity_setting force row level security;
drop policy if exists installation_rows on identity_setting;
create policy installation_rows on identity_setting to rampart_installation using (true) with check (true);
grant select, insert, update, delete on identity_setting to rampart_installation;
