import type { FlowDocument } from '../model/flow-document.ts'

/** The field that names the server whose tools another one lists. */
const SERVER_OF: Readonly<Record<string, string>> = { tool: 'mcp_server' }
export const serverFieldOf = (field: string): string | undefined => SERVER_OF[field]

/** The server a field holds; older files hold the name alone. */
export function serverOf(value: unknown): {
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
} {
  if (typeof value === 'string') return { name: value, config: {} }
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : ''
  const config = typeof value === 'object' && value !== null && 'config' in value ? value.config : {}
  return {
    name: typeof name === 'string' ? name : '',
    config: typeof config === 'object' && config !== null ? { ...config } : {},
  }
}

/** The fields of a flow that hold one of some servers. */
export const usersOfServers = (
  { nodes }: FlowDocument,
  names: ReadonlySet<string>,
): readonly { readonly nodeId: string; readonly field: string }[] =>
  nodes.flatMap(({ id, data }) =>
    Object.entries(data.node.template ?? {})
      .filter(([, field]) => field?.type === 'mcp' && names.has(serverOf(field.value).name))
      .map(([field]) => ({ nodeId: id, field })),
  )
