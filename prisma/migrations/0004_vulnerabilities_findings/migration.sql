-- What the feeds say. Rows of the installation: every project reads them, only the import writes them.
create table vulnerabilities_source (
  file text primary key,
  kind text not null check (kind in ('osv', 'kev', 'epss', 'cvss', 'poc', 'starter')),
  revision bigint not null,
  records integer not null,
  packages integer not null,
  size_bytes bigint not null,
  sha256 text not null,
  origin text not null,
  imported_at timestamptz(3),
  checked_at timestamptz(3) not null,
  data_as_of timestamptz(3),
  problem text
);

create table vulnerabilities_advisory (
  id text not null,
  file text not null,
  modified_at timestamptz(3) not null,
  published_at timestamptz(3),
  withdrawn_at timestamptz(3),
  summary text not null,
  aliases text[] not null,
  cves text[] not null,
  severity text,
  cvss_vector text,
  cvss_score real,
  link text,
  hash text not null,
  primary key (id, file)
);
create index vulnerabilities_advisory_file_idx on vulnerabilities_advisory (file);
create index vulnerabilities_advisory_cves_idx on vulnerabilities_advisory using gin (cves);

create table vulnerabilities_affected (
  ecosystem text not null,
  package_name text not null,
  advisory_id text not null,
  file text not null,
  ranges jsonb not null,
  versions text[] not null,
  status text,
  severity text,
  hash text not null,
  primary key (ecosystem, package_name, advisory_id, file)
);
create index vulnerabilities_affected_file_idx on vulnerabilities_affected (file);
create index vulnerabilities_affected_advisory_id_idx on vulnerabilities_affected (advisory_id);

create table vulnerabilities_cve (
  cve text primary key,
  epss real,
  epss_percentile real,
  known_exploited boolean not null default false,
  kev jsonb,
  proofs integer not null default 0,
  cvss_vector text,
  cvss_score real,
  published_at timestamptz(3)
);
create index vulnerabilities_cve_prefix_idx on vulnerabilities_cve (cve text_pattern_ops);

create table vulnerabilities_change (
  revision bigint not null,
  ecosystem text not null,
  name text not null,
  primary key (revision, ecosystem, name)
);

-- What was found in a project.
create table vulnerabilities_progress (
  project_id uuid primary key references tenancy_project (id) on delete cascade,
  revision bigint not null,
  matched_at timestamptz(3) not null
);

create table vulnerabilities_resource (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  resource_kind text not null check (resource_kind in ('image', 'host')),
  resource_id text not null,
  resource_name text not null,
  host_names text[] not null,
  labels jsonb not null,
  os_name text,
  unsupported_os boolean not null,
  package_count integer not null,
  content_hash text,
  critical integer not null,
  high integer not null,
  medium integer not null,
  low integer not null,
  unknown integer not null,
  fixable integer not null,
  known_exploited integer not null,
  risk_score bigint not null,
  effect text not null check (effect in ('ignore', 'alert', 'block')),
  rule_name text,
  revision bigint not null,
  first_scanned_at timestamptz(3) not null,
  scanned_at timestamptz(3) not null,
  primary key (project_id, resource_kind, resource_id)
);
create index vulnerabilities_resource_project_id_risk_score_idx on vulnerabilities_resource (project_id, risk_score desc);

create table vulnerabilities_match (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  cve text not null,
  package_name text not null,
  package_version text not null,
  package_kind text not null,
  ecosystem text not null,
  severity smallint not null check (severity between 0 and 4),
  severity_source text not null,
  cvss real,
  cvss_vector text,
  summary text not null,
  link text,
  status text not null,
  fix_version text,
  known_exploited boolean not null,
  proofs integer not null,
  published_at timestamptz(3),
  risk_score smallint not null check (risk_score between 0 and 100),
  risk_factors text[] not null,
  risk_terms jsonb not null,
  aliases text[] not null,
  evidence jsonb not null,
  primary key (project_id, id)
);

create table vulnerabilities_finding (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  match_id uuid not null,
  resource_kind text not null,
  resource_id text not null,
  cve text not null,
  package_name text not null,
  severity smallint not null,
  risk_score smallint not null,
  is_fixable boolean not null,
  known_exploited boolean not null,
  purl text,
  path text,
  layer smallint,
  binary_packages text[] not null,
  effect text not null check (effect in ('ignore', 'alert', 'block')),
  rule_name text,
  block_from timestamptz(3),
  reported_rules uuid[] not null,
  first_seen_at timestamptz(3) not null,
  primary key (project_id, id)
);
create index vulnerabilities_finding_resource_idx on vulnerabilities_finding (project_id, resource_kind, resource_id);
create index vulnerabilities_finding_cve_idx on vulnerabilities_finding (project_id, cve, resource_kind, resource_id);
create index vulnerabilities_finding_risk_idx on vulnerabilities_finding (project_id, risk_score desc, id);
create index vulnerabilities_finding_severity_idx
  on vulnerabilities_finding (project_id, severity desc, risk_score desc, id);
create index vulnerabilities_finding_package_idx on vulnerabilities_finding (project_id, package_name);

create table vulnerabilities_cve_summary (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  cve text not null,
  images integer not null,
  hosts integer not null,
  severity smallint not null,
  cvss real,
  risk_score smallint not null,
  is_fixable boolean not null,
  known_exploited boolean not null,
  packages text[] not null,
  match_id uuid not null,
  revision bigint not null,
  primary key (project_id, cve)
);
create index vulnerabilities_cve_summary_risk_idx on vulnerabilities_cve_summary (project_id, risk_score desc, cve);

create table vulnerabilities_policy (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  policy text not null check (policy in ('image', 'host')),
  revision integer not null,
  rules jsonb not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  primary key (project_id, policy)
);

create table vulnerabilities_audit (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  id uuid not null,
  at timestamptz(3) not null,
  resource_kind text not null,
  resource_id text not null,
  resource_name text not null,
  rule_id uuid,
  rule_name text not null,
  effect text not null check (effect in ('alert', 'block')),
  counts jsonb not null,
  labels jsonb not null,
  findings jsonb not null,
  finding_total integer not null,
  primary key (project_id, id)
);
create index vulnerabilities_audit_at_idx on vulnerabilities_audit (project_id, at desc, id);
create index vulnerabilities_audit_resource_idx on vulnerabilities_audit (project_id, resource_kind, resource_id);
