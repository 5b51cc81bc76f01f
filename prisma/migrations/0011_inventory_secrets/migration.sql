-- Keys and logins that the layers of an image hand out: kind, place and layer, never the secret.
alter table inventory_image add column secrets jsonb not null default '[]'::jsonb;
