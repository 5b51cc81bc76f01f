create table inventory_image (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id text not null,
  name text not null,
  repo_tags text[] not null,
  repo_digests text[] not null,
  labels jsonb not null,
  config jsonb not null,
  os jsonb,
  os_name text,
  os_supported boolean not null,
  size_bytes bigint not null,
  layers jsonb not null,
  warnings jsonb not null,
  package_count integer not null,
  content_hash text,
  scan_state text not null check (scan_state in ('pending', 'scanned', 'failed')),
  created_at timestamptz(3),
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  scanned_at timestamptz(3),
  primary key (project_id, id)
);
create index inventory_image_project_id_name_idx on inventory_image (project_id, name);
create index inventory_image_project_id_last_seen_at_idx on inventory_image (project_id, last_seen_at);

create table inventory_image_host (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  image_id text not null,
  host_id uuid not null,
  repo_tags text[] not null,
  repo_digests text[] not null,
  reported_at timestamptz(3) not null,
  sequence bigint not null,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (project_id, image_id, host_id)
);
create index inventory_image_host_project_id_host_id_idx on inventory_image_host (project_id, host_id);

create table inventory_host (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  hostname text not null,
  os jsonb,
  os_name text,
  os_supported boolean not null,
  kernel text not null,
  architecture text not null,
  engine jsonb,
  facts jsonb not null,
  labels jsonb not null,
  warnings jsonb not null,
  package_count integer not null,
  content_hash text,
  scan_state text not null check (scan_state in ('pending', 'scanned', 'failed')),
  reported_at timestamptz(3) not null,
  sequence bigint not null,
  containers_reported_at timestamptz(3),
  containers_sequence bigint,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  scanned_at timestamptz(3),
  primary key (project_id, id)
);
create index inventory_host_project_id_hostname_idx on inventory_host (project_id, hostname);

create table inventory_container (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  host_id uuid not null,
  id text not null,
  name text not null,
  image_id text not null,
  image_name text not null,
  state text not null,
  labels jsonb not null,
  ports jsonb not null,
  pid integer,
  privileged boolean not null,
  "user" text not null,
  reported_at timestamptz(3) not null,
  sequence bigint not null,
  created_at timestamptz(3),
  started_at timestamptz(3),
  last_seen_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (project_id, host_id, id)
);
create index inventory_container_project_id_image_id_idx on inventory_container (project_id, image_id);
create index inventory_container_project_id_name_idx on inventory_container (project_id, name);

create table inventory_package (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  resource_kind text not null check (resource_kind in ('image', 'host')),
  resource_id text not null,
  key text not null,
  ecosystem text not null,
  lookup_name text not null,
  name text not null,
  version text not null,
  kind text not null,
  source_name text,
  source_version text,
  purl text not null,
  path text,
  layer integer,
  licenses text[] not null,
  owned_by_os boolean not null,
  primary key (project_id, resource_kind, resource_id, key)
);
create index inventory_package_project_id_ecosystem_lookup_name_idx
  on inventory_package (project_id, ecosystem, lookup_name);
