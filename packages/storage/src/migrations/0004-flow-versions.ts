/** Earlier contents of flows, each with a number of its own. They go when the flow goes. */
export function flowVersions(): readonly string[] {
  return [
    `create table flow_version (
      id text primary key, flow_id text not null references flow (id) on delete cascade, user_id text not null,
      number bigint not null, description text, created_at bigint not null, data text)`,
    'create unique index flow_version_number on flow_version (flow_id, number)',
  ]
}
