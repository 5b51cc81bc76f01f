-- Whether processes use what a finding is about; null while nobody knows, as of most images, which nobody runs. Those
-- that are known are asked for by their risk or severity.
alter table vulnerabilities_finding add column in_use boolean;
create index vulnerabilities_finding_in_use_risk_idx on vulnerabilities_finding (project_id, in_use, risk_score desc, id)
  where in_use is not null;
create index vulnerabilities_finding_in_use_severity_idx
  on vulnerabilities_finding (project_id, in_use, severity desc, risk_score desc, id) where in_use is not null;
