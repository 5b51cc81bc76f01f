-- Violations are told together from now on. What waits to be told or done in the old form is brought into the new one,
-- so that an upgrade in the middle loses no alert.
alter table platform_outbox no force row level security;
alter table platform_job no force row level security;
update platform_outbox set type = 'vulnerabilities.rules-violated',
  payload = jsonb_build_object('violations', jsonb_build_array(payload))
where type = 'vulnerabilities.rule-violated';
update platform_job set name = 'alerts.route-rules-violated',
  payload = jsonb_build_object('violations', jsonb_build_array(payload))
where name = 'alerts.route-rule-violated';
alter table platform_outbox force row level security;
alter table platform_job force row level security;
