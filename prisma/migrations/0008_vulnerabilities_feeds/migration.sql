-- Feeds come in many forms, and as several about the same CVEs.
alter table vulnerabilities_source drop constraint vulnerabilities_source_kind_check;
alter table vulnerabilities_source add constraint vulnerabilities_source_kind_check
  check (kind in ('osv', 'kev', 'epss', 'cvss', 'nvd', 'poc', 'exploits', 'starter'));
alter table vulnerabilities_source add column format text not null default 'osv-lines';

alter table vulnerabilities_cve
  add column nvd_vector text,
  add column nvd_score real,
  add column nvd_published_at timestamptz(3),
  add column cwes text[] not null default '{}',
  add column is_rejected boolean not null default false,
  add column exploits integer not null default 0;

-- What an import has read so far. Nothing reads it but the swap at the end, so it need not survive a crash: a row with an
-- empty id, written first, tells whether it did.
create unlogged table vulnerabilities_staged_advisory (
  import_id uuid not null,
  id text not null,
  modified_at timestamptz(3),
  published_at timestamptz(3),
  withdrawn_at timestamptz(3),
  summary text,
  aliases text[],
  cves text[],
  severity text,
  cvss_vector text,
  cvss_score real,
  link text,
  hash text,
  staged_at timestamptz(3) not null default now(),
  primary key (import_id, id)
);

create unlogged table vulnerabilities_staged_affected (
  import_id uuid not null,
  ecosystem text not null,
  package_name text not null,
  advisory_id text not null,
  ranges jsonb,
  versions text[],
  status text,
  severity text,
  hash text not null,
  primary key (import_id, ecosystem, package_name, advisory_id)
);

create unlogged table vulnerabilities_staged_cve (
  import_id uuid not null,
  cve text not null,
  epss real,
  epss_percentile real,
  known_exploited boolean,
  kev jsonb,
  proofs integer,
  cvss_vector text,
  cvss_score real,
  published_at timestamptz(3),
  nvd_vector text,
  nvd_score real,
  nvd_published_at timestamptz(3),
  cwes text[],
  is_rejected boolean,
  exploits integer,
  primary key (import_id, cve)
);

-- Where advisories are fetched from, how often, and what came of the last attempt.
create table vulnerabilities_feed_location (
  location text primary key,
  every_hours integer not null check (every_hours between 1 and 720),
  is_enabled boolean not null,
  -- The key that signs its bundles; null where unsigned feeds are taken.
  public_key text,
  -- Answers of the servers by address, for asking "only if changed".
  validators jsonb not null default '{}',
  attempted_at timestamptz(3),
  succeeded_at timestamptz(3),
  outcome text,
  problem text,
  next_attempt_at timestamptz(3) not null
);

-- Keys whose bundles may be imported, and the newest bundle of each that was.
create table vulnerabilities_bundle_key (
  fingerprint text primary key,
  public_key text not null,
  name text not null,
  sequence bigint not null,
  added_at timestamptz(3) not null
);

-- What a project knows by itself: flaws in its own software, and CVEs that it has looked at and accepts.
create table vulnerabilities_custom (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  name text not null,
  package_name text not null,
  package_type text not null,
  min_version text,
  max_version text,
  md5 text,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  reason text not null,
  owner text not null,
  created_at timestamptz(3) not null,
  primary key (project_id, id)
);
create index vulnerabilities_custom_package_name_idx on vulnerabilities_custom (project_id, package_name);

create table vulnerabilities_allowed_cve (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  cve text not null,
  description text not null,
  expires_at timestamptz(3),
  owner text not null,
  created_at timestamptz(3) not null,
  primary key (project_id, cve)
);

-- Counts up with every change of a project's own list, so that whoever compared with an older one compares again.
create table vulnerabilities_own_list (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  list text not null check (list in ('custom-vulnerabilities', 'cve-allow-list')),
  digest text not null,
  modified_at timestamptz(3) not null,
  primary key (project_id, list)
);
