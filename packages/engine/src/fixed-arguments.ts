import { isObject } from '@runnel/protocol/json'
import type { Tool } from '@runnel/sdk'

/** A tool with some of its arguments decided by the flow (`fixed` of its row): a model neither sees them nor sets them. */
export function withFixedArguments(tool: Tool, fixed: unknown): Tool {
  const { properties, required } = tool.inputSchema
  if (!isObject(fixed) || !isObject(properties)) return tool
  // What is no argument of the tool any more is left alone.
  const decided = Object.fromEntries(Object.entries(fixed).filter(([name]) => Object.hasOwn(properties, name)))
  if (Object.keys(decided).length === 0) return tool
  const isOpen = (name: unknown): boolean => !Object.hasOwn(decided, String(name))
  return {
    ...tool,
    inputSchema: {
      ...tool.inputSchema,
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isOpen(name))),
      ...(Array.isArray(required) && { required: required.filter(isOpen) }),
    },
    call: (input, signal, caller) => tool.call({ ...input, ...decided }, signal, caller),
  }
}
