-- The CVEs of a package are looked for as often as its findings.
create index vulnerabilities_finding_package_cve_idx on vulnerabilities_finding (project_id, package_name, cve);
drop index vulnerabilities_finding_package_idx;
create index vulnerabilities_match_package_idx on vulnerabilities_match (project_id, package_name, cve);
