-- One comparison of a project with changed advisories: how far it is, and when it was complete.
create table vulnerabilities_round (
  project_id uuid not null references tenancy_project (id) on delete cascade,
  revision bigint not null,
  since_revision bigint not null,
  whole boolean not null,
  resources integer not null,
  done integer not null,
  compared integer not null,
  failed integer not null,
  position bigint not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (project_id, revision)
);

-- Which package a finding is about is asked of thousands of resources at once, without a look at each match.
alter table vulnerabilities_finding add column ecosystem text not null default '';
alter table vulnerabilities_finding no force row level security;
alter table vulnerabilities_match no force row level security;
update vulnerabilities_finding f set ecosystem = m.ecosystem
from vulnerabilities_match m where m.project_id = f.project_id and m.id = f.match_id;
alter table vulnerabilities_finding alter column ecosystem drop default;
alter table vulnerabilities_match force row level security;
alter table vulnerabilities_finding force row level security;
