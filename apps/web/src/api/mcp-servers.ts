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

const CHANNEL = 'runnel.mcp-servers'

/** Reads the servers anew. @param saved told to every open flow, in other tabs too: what these do may have changed */
export async function mcpServersChanged(saved: readonly string[] = []): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['mcp-servers'] })
  if (saved.length === 0) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(saved)
  channel.close()
}

/** Hears the names of servers that have been saved, in this tab or another. @returns ends it */
export function onMcpServersSaved(hear: (names: ReadonlySet<string>) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (Array.isArray(data)) hear(new Set(data.map(String)))
  })
  return () => channel.close()
}
