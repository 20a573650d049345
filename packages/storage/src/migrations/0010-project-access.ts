/**
 * Who may call the MCP server of a project, what was granted to its clients, and whether runs of the project leave
 * what they were given and gave.
 */
export function projectAccess(): readonly string[] {
  return [
    'alter table project add column auth_settings text',
    'alter table project add column stores_payloads bigint not null default 1',
    'alter table run add column is_private bigint not null default 0',

    `create table mcp_grant (
      id text not null primary key, project_id text not null references project (id) on delete cascade,
      client text not null, refresh_id text not null, created_at bigint not null, expires_at bigint not null)`,
    'create index mcp_grant_project on mcp_grant (project_id)',
  ]
}
