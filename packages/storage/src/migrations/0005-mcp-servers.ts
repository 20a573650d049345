/** The MCP servers users have entered. */
export function mcpServers(): readonly string[] {
  return [
    `create table mcp_server (
      id text primary key, user_id text not null references "user" (id) on delete cascade, name text not null,
      config text not null, created_at bigint not null, updated_at bigint not null)`,
    'create unique index mcp_server_name on mcp_server (user_id, name)',
  ]
}
