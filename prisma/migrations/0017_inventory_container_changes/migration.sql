-- How containers differ from their images. One row a container, beside its own, because a report of its content may come
-- before the one that names it. Lists are bounded by the protocol and read whole, so they are not parted into rows.
create table inventory_container_change (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  host_id uuid not null,
  container_id text not null,
  image_id text not null,
  added jsonb not null,
  removed jsonb not null,
  secrets jsonb not null,
  warnings jsonb not null,
  added_count integer not null,
  replaced_count integer not null,
  removed_count integer not null,
  secret_count integer not null,
  complete boolean not null,
  is_changed boolean not null,
  reported_at timestamptz(3) not null,
  sequence bigint not null,
  first_seen_at timestamptz(3) not null,
  primary key (project_id, host_id, container_id)
);
