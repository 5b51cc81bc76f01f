-- The installation's own CA, one row. Its private key is sealed; projects may read the public columns.
create table fleet_installation (
  id smallint primary key default 1 check (id = 1),
  certificate text not null,
  sealed_key text not null,
  pin text not null,
  gateway_names text[] not null default '{}',
  created_at timestamptz(3) not null
);

-- CAs of a project; the newest one issues, the older ones stay to verify what they issued.
create table fleet_authority (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  certificate text not null,
  sealed_key text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (project_id, id)
);

create table fleet_defender (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  hostname text not null,
  machine_id text,
  version text not null,
  enrolled_at timestamptz(3) not null,
  retired_at timestamptz(3),
  -- What was last announced by a fact, so that each change is announced once.
  announced text not null default 'disconnected' check (announced in ('connected', 'disconnected')),
  state_since timestamptz(3) not null,
  facts jsonb,
  policy_hash text,
  policy_problem text,
  -- Highest report that is durable, so that a replay after the report was applied changes nothing.
  spool_epoch uuid,
  spool_sequence bigint not null default 0,
  primary key (project_id, id)
);
create index fleet_defender_project_id_hostname_idx on fleet_defender (project_id, hostname, id);
create index fleet_defender_project_id_machine_id_idx on fleet_defender (project_id, machine_id);

create table fleet_certificate (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  serial text not null,
  defender_id uuid not null,
  authority_id uuid not null,
  fingerprint text not null unique,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  primary key (project_id, serial),
  foreign key (project_id, defender_id) references fleet_defender (project_id, id) on delete cascade,
  foreign key (project_id, authority_id) references fleet_authority (project_id, id)
);
create index fleet_certificate_project_id_defender_id_idx on fleet_certificate (project_id, defender_id, issued_at);
create index fleet_certificate_project_id_authority_id_idx on fleet_certificate (project_id, authority_id);

create table fleet_enrolment_token (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  token_hash text not null unique,
  created_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  used_at timestamptz(3),
  used_by text,
  primary key (project_id, id)
);
create index fleet_enrolment_token_project_id_created_at_idx on fleet_enrolment_token (project_id, created_at desc);

-- Which gateway holds a Defender's control lane, and until when that may be believed. Rewritten at every heartbeat,
-- hence narrow, apart from the Defender, and with room for updates in place.
create table fleet_connection (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  defender_id uuid not null,
  connection_id uuid not null,
  gateway_id text not null,
  remote_address text,
  connected_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  lease_until timestamptz(3) not null,
  beat jsonb,
  primary key (project_id, defender_id),
  foreign key (project_id, defender_id) references fleet_defender (project_id, id) on delete cascade
) with (fillfactor = 50);

-- Inbox of reports: a row is what an acknowledgement promises.
create table fleet_frame (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  defender_id uuid not null,
  epoch uuid not null,
  sequence bigint not null,
  type text not null,
  body bytea not null,
  received_at timestamptz(3) not null,
  enqueued_at timestamptz(3),
  claims smallint not null default 0,
  primary key (project_id, defender_id, epoch, sequence),
  foreign key (project_id, defender_id) references fleet_defender (project_id, id) on delete cascade
);
-- Bodies arrive compressed.
alter table fleet_frame alter column body set storage external;
-- The relay claims across projects.
create index fleet_frame_waiting_idx on fleet_frame (received_at) where enqueued_at is null;
create index fleet_frame_enqueued_idx on fleet_frame (enqueued_at) where enqueued_at is not null;

create function fleet_frame_notify() returns trigger language plpgsql as $$
begin
  perform pg_notify('rampart_frames', '');
  return null;
end
$$;
create trigger fleet_frame_notify after insert on fleet_frame
  for each statement execute function fleet_frame_notify();

-- What the project's Defenders are told to do; without a row the defaults apply.
create table fleet_policy (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  body jsonb not null,
  updated_at timestamptz(3) not null,
  primary key (project_id)
);
