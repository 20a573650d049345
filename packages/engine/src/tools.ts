import type { JsonObject } from '@runnel/protocol/json'
import { argumentSchema, type ErasedOutput, type Field, type RunContext, type Tool } from '@runnel/sdk'
import { withApproval } from './approved-tool.ts'
import { withFixedArguments } from './fixed-arguments.ts'
import type { GraphNode } from './graph.ts'
import { coerceAll } from './graph-field.ts'
import { createContext, createTrace } from './node-context.ts'
import type { NodeInputs } from './node-inputs.ts'
import type { RunScope } from './run-scope.ts'

/**
 * The tools a node in tool mode offers: one per output of its component, named after the output's method, then
 * renamed, described, given fixed values and switched off as the rows of `tools_metadata` say.
 */
export function toolsOf(
  scope: RunScope,
  node: GraphNode,
  given: NodeInputs,
  context: RunContext,
): readonly Tool[] | Promise<readonly Tool[]> {
  const own = node.component?.tools
  if (own) return ownTools(scope, node, own({ inputs: given.inputs, dynamic: given.dynamic, context }))
  const eligible = Object.entries(node.component?.outputs ?? {}).filter(
    ([, output]) => output.tool !== false && output.type !== 'Tool',
  )
  const toolsThat = (named: boolean) =>
    eligible
      .filter(([, output]) => (output.tool === 'named') === named)
      .map(([, output]) => toolOf(scope, node, output, given))
  return withRows(scope, node, toolsThat(false), toolsThat(true))
}

/** The tools a component makes itself. */
async function ownTools(
  scope: RunScope,
  node: GraphNode,
  making: readonly Tool[] | Promise<readonly Tool[]>,
): Promise<readonly Tool[]> {
  const tools = (await making).map(
    (tool): Tool => ({
      ...tool,
      nodeId: node.id,
      async call(...args) {
        scope.emit({ type: 'tool-start', nodeId: node.id })
        try {
          return await tool.call(...args)
        } finally {
          scope.emit({ type: 'tool-end', nodeId: node.id })
        }
      },
    }),
  )
  return withRows(scope, node, tools)
}

function toolOf(scope: RunScope, node: GraphNode, output: ErasedOutput, given: NodeInputs): Tool {
  const fields = argumentFields(node)
  const old = node.component?.oldToolNames?.[node.type]
  const names = [...(output.toolNames ?? []), output.method.replace(/[^A-Za-z0-9_-]/g, '-')]
  const [name = '', ...others] = old === undefined ? names : [old, ...names]
  return {
    kind: 'tool',
    nodeId: node.id,
    name,
    tags: [name, ...others],
    description: output.info ?? node.description,
    inputSchema: argumentSchema(fields),
    async call(input, signal, caller) {
      scope.emit({ type: 'tool-start', nodeId: node.id })
      try {
        const inputs: Record<string, unknown> = { ...given.inputs }
        for (const [field, declared] of fields) {
          if (!Object.hasOwn(input, field) || input[field] === null || input[field] === undefined) continue
          inputs[field] = coerceAll(declared.coercion, input[field], field, Boolean(declared.attributes.list))
        }
        const context = createContext({ ...scope, signal }, node, createTrace(), { silent: true, caller })
        return await output.run({ inputs, dynamic: given.dynamic, context })
      } finally {
        scope.emit({ type: 'tool-end', nodeId: node.id })
      }
    },
  }
}

/** The inputs declared as arguments, but those the flow fixes; all inputs when none is declared. */
function argumentFields(node: GraphNode): readonly (readonly [string, Field])[] {
  const all = Object.entries(node.component?.inputs ?? {})
  const storedMode = (name: string): unknown => {
    const stored = node.fields[node.fieldIndex.get(name) ?? -1]?.template
    return stored?.tool_mode
  }
  const marked = all.filter(([name, field]) => (storedMode(name) ?? field.attributes.tool_mode) === true)
  const isEachFixed = all.some(([name, field]) => field.attributes.tool_mode === true && storedMode(name) === false)
  // A secret is never the model's to fill in.
  return marked.length > 0 || isEachFixed
    ? marked
    : all.filter(([, field]) => field.type !== 'other' && field.attributes.password !== true)
}

/** `onlyNamed` are offered where rows name them. */
function withRows(
  scope: RunScope,
  { id, toolRows: rows }: GraphNode,
  tools: readonly Tool[],
  onlyNamed: readonly Tool[] = [],
): readonly Tool[] {
  if (!rows || rows.length === 0) return tools
  const all = [...tools, ...onlyNamed]
  const exact = applyRows(all, rows, (tag) => tag)
  // Files of 1.2 and 1.3 write `TYPE-method`.
  const found = exact.length > 0 ? exact : applyRows(all, rows, (tag) => tag.slice(tag.lastIndexOf('-') + 1))
  if (found.length === 0) return tools
  return found.flatMap(({ tool, row }) =>
    row.status === false ? [] : [withApproval(scope, tool, id, row.approval_actions)],
  )
}

interface ToolOfRow {
  readonly tool: Tool
  readonly row: JsonObject
}

/** The tools that have a row, as it names, describes and fixes them. */
function applyRows(
  tools: readonly Tool[],
  rows: readonly JsonObject[],
  nameIn: (tag: string) => string,
): readonly ToolOfRow[] {
  return tools.flatMap((tool) => {
    const row = rows.find(({ tags }) => Array.isArray(tags) && tool.tags.includes(nameIn(String(tags[0]))))
    if (!row) return []
    const named = {
      ...withFixedArguments(tool, row.fixed),
      name: typeof row.name === 'string' && row.name ? row.name : tool.name,
      description: typeof row.description === 'string' && row.description ? row.description : tool.description,
    }
    return [{ tool: named, row }]
  })
}
