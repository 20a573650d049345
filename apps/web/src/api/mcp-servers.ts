import { listMcpServers, readMcpServer } from '@runnel/protocol/mcp-servers'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The names of the user's MCP servers, at once. */
export const mcpServersQuery = queryOptions({
  queryKey: ['mcp-servers', 'names'],
  queryFn: ({ signal }) => client.call(listMcpServers, { signal }),
})

/** The same servers, each asked for its tools: takes as long as the slowest. */
export const mcpToolCountsQuery = queryOptions({
  queryKey: ['mcp-servers', 'counts'],
  staleTime: 60_000,
  queryFn: ({ signal }) => client.call(listMcpServers, { query: { action_count: true }, signal }),
})

/** How one server is reached, its secrets masked. */
export const mcpServerQuery = (name: string) =>
  queryOptions({
    queryKey: ['mcp-servers', 'one', name],
    queryFn: ({ signal }) => client.call(readMcpServer, { params: { server_name: name }, signal }),
  })

export const mcpServersChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['mcp-servers'] })
