-- What findings and rules rest upon makes the id of a match; its other words may be rewritten by newer advisories. Rows of
-- before are reworded or replaced when their packages are next compared.
alter table vulnerabilities_match add column wording uuid not null default '00000000-0000-0000-0000-000000000000';
alter table vulnerabilities_match add column revision bigint not null default 0;
alter table vulnerabilities_match alter column wording drop default;
alter table vulnerabilities_match alter column revision drop default;
-- Room on the page lets a changed finding keep its index entries.
alter table vulnerabilities_finding set (fillfactor = 90);

-- Which flaws a change is about, so that the others need not be compared; null means any.
alter table vulnerabilities_change add column flaws text[];
