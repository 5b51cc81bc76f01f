-- Whether advisories cover a distribution changes with every import, so the name is kept and the answer found when asked.
alter table vulnerabilities_resource add column os_ecosystem text;
update vulnerabilities_resource set os_ecosystem = 'Unsupported:unknown' where unsupported_os;
alter table vulnerabilities_resource drop column unsupported_os;
