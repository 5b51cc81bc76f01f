create table alerts_channel (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  -- With the project, the scope that a due channel is served in.
  tenant_id uuid not null,
  name text not null,
  kind text not null,
  enabled boolean not null,
  settings jsonb not null,
  -- Sealed JSON of what must not be read back; null when there is none.
  sealed_secrets text,
  failures integer not null default 0,
  failing_since timestamptz(3),
  failing_told boolean not null default false,
  last_error text,
  last_sent_at timestamptz(3),
  -- When the channel has something to do next; null when nothing waits.
  wake_at timestamptz(3),
  -- One run at a time sends on a channel. A run that died gives the channel back when its lease ends.
  lease_id uuid,
  leased_until timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (project_id, id),
  unique (project_id, name)
);
-- The waker of the alerting lane looks for due channels over all projects.
create index alerts_channel_wake_at_idx on alerts_channel (wake_at) where wake_at is not null;

create table alerts_profile (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  name text not null,
  notes text not null,
  enabled boolean not null,
  channel_id uuid not null,
  fact_types text[] not null,
  resource_kinds text[] not null,
  rule_names text[] not null,
  severity_at_least text not null,
  label_filter jsonb not null,
  unlabelled text not null check (unlabelled in ('send', 'skip')),
  period_seconds integer not null,
  -- When the last message of the current period goes or went out.
  last_due_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (project_id, id),
  unique (project_id, name),
  foreign key (project_id, channel_id) references alerts_channel (project_id, id) on delete cascade
);
create index alerts_profile_project_id_channel_id_idx on alerts_profile (project_id, channel_id);

create table alerts_label (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  name text not null,
  position integer not null,
  primary key (project_id, name)
);

-- What was heard, whether or not a profile sent it: previews look back on it, and hearing twice finds it here.
create table alerts_fact (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id text not null,
  type text not null,
  -- The resource or Defender it is about.
  subject text not null,
  at timestamptz(3) not null,
  heard_at timestamptz(3) not null,
  severity text not null,
  sentence text not null,
  alert jsonb not null,
  -- All labels of the resource; the alert itself carries the declared ones.
  labels jsonb not null,
  primary key (project_id, id)
);
create index alerts_fact_project_id_heard_at_idx on alerts_fact (project_id, heard_at desc);
create index alerts_fact_project_id_subject_idx on alerts_fact (project_id, subject, heard_at desc);

create table alerts_delivery (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  -- The order in which a channel sends.
  position bigint generated always as identity,
  channel_id uuid not null,
  profile_id uuid not null,
  profile_name text not null,
  fact_id text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'given-up')),
  because text not null,
  attempts integer not null default 0,
  -- Give-up counts from here; a person who sends anew sets it anew.
  first_due_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  last_error text,
  created_at timestamptz(3) not null,
  sent_at timestamptz(3),
  primary key (project_id, id),
  unique (project_id, profile_id, fact_id),
  foreign key (project_id, channel_id) references alerts_channel (project_id, id) on delete cascade,
  foreign key (project_id, fact_id) references alerts_fact (project_id, id) on delete cascade
);
create index alerts_delivery_project_id_waiting_idx on alerts_delivery (project_id, channel_id, due_at, position)
  where state in ('queued', 'sending', 'failed');
create index alerts_delivery_project_id_channel_id_idx on alerts_delivery (project_id, channel_id, state);
create index alerts_delivery_project_id_created_at_idx on alerts_delivery (project_id, created_at desc, id desc);
create index alerts_delivery_project_id_fact_id_idx on alerts_delivery (project_id, fact_id);
