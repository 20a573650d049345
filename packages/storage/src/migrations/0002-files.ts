/** Files of users. Their bytes lie in the data folder; a row is written when they are all there. */
export function files(): readonly string[] {
  return [
    `create table file (
      id text primary key, user_id text not null references "user" (id) on delete cascade, name text not null,
      extension text not null, size bigint not null, created_at bigint not null, updated_at bigint not null)`,
    'create unique index file_name on file (user_id, name)',
  ]
}
