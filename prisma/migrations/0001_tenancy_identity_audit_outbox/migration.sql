create table tenancy_tenant (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  created_at timestamptz(3) not null default now()
);

create table tenancy_project (
  id uuid primary key,
  tenant_id uuid not null references tenancy_tenant (id) on delete cascade,
  slug text not null unique,
  name text not null,
  created_at timestamptz(3) not null default now()
);
create index tenancy_project_tenant_id_idx on tenancy_project (tenant_id);

create table identity_user (
  id uuid primary key,
  username text not null unique,
  password_hash text not null,
  role text not null check (role in ('central-admin', 'tenant-admin', 'reader')),
  tenant_id uuid references tenancy_tenant (id) on delete cascade,
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  constraint identity_user_tenant_by_role check ((role = 'central-admin') = (tenant_id is null))
);
create index identity_user_tenant_id_idx on identity_user (tenant_id);

create table identity_session (
  id uuid primary key,
  user_id uuid not null references identity_user (id) on delete cascade,
  token_hash text not null unique,
  kind text not null check (kind in ('browser', 'token')),
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index identity_session_user_id_idx on identity_session (user_id);
create index identity_session_expires_at_idx on identity_session (expires_at);

create table identity_setting (
  key text primary key,
  value jsonb not null
);

create table audit_entry (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  at timestamptz(3) not null,
  caller_kind text not null,
  caller_id text not null,
  caller_name text not null,
  source_ip text,
  action text not null,
  subject text,
  before jsonb,
  after jsonb,
  primary key (project_id, id)
);
create index audit_entry_project_id_at_idx on audit_entry (project_id, at desc);

create table platform_outbox (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  tenant_id uuid not null,
  type text not null,
  payload jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (project_id, id)
);
create index platform_outbox_id_idx on platform_outbox (id);

create table platform_job (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  tenant_id uuid not null,
  name text not null,
  payload jsonb not null,
  enqueued_at timestamptz(3) not null default now(),
  parked_at timestamptz(3),
  error text,
  primary key (project_id, id)
);
create index platform_job_enqueued_at_idx on platform_job (enqueued_at) where parked_at is null;

-- Wakes the relay and the live pages; the notice carries no content that a listener could not read itself.
create function platform_outbox_notify() returns trigger language plpgsql as $$
begin
  perform pg_notify('rampart_facts', new.project_id || ' ' || new.type);
  return null;
end
$$;
create trigger platform_outbox_notify after insert on platform_outbox
  for each row execute function platform_outbox_notify();

-- The project of the installation itself: its first Defenders live here, and changes that belong to no project are audited here.
insert into tenancy_tenant (id, slug, name) values ('00000000-0000-7000-8000-000000000001', 'default', 'Default');
insert into tenancy_project (id, tenant_id, slug, name) values
  ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'central', 'Central Console');
