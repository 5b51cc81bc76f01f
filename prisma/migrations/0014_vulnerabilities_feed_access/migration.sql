-- A mirror or another Console may ask who fetches, and may have a certificate that only its owner vouches for.
alter table vulnerabilities_feed_location
  add column sealed_credential text,
  add column credential_kind text check (credential_kind in ('basic', 'bearer')),
  add column ca_certificate text,
  add check ((sealed_credential is null) = (credential_kind is null));
