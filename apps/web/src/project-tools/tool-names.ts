interface NamedTool {
  readonly id: string
  readonly mcp_enabled: boolean
  readonly action_name: string | null
  readonly name: string
}

/** As clients take it. */
const NAME = /^[a-z0-9_]{1,46}$/

/** The name that was typed; an empty one means the name of the flow, which the server makes fit. */
const typed = ({ action_name: name }: NamedTool): string => name?.trim() ?? ''

/** What is wrong with the name of a tool among the others of its project. */
export function nameProblem(tool: NamedTool, all: readonly NamedTool[]): 'form' | 'taken' | undefined {
  const name = typed(tool)
  if (!tool.mcp_enabled || name === '') return undefined
  if (!NAME.test(name)) return 'form'
  return all.some((other) => other.id !== tool.id && other.mcp_enabled && typed(other) === name) ? 'taken' : undefined
}
