import type { FlowEdge, FlowNode, NodeOutput, SourceHandle, TargetHandle, TemplateField } from './flow-document.ts'

/**
 * A handle on the canvas has a short name: `out:<output>`, `in:<field>`, or `loop:<output>` for the feedback of a loop.
 * The file has JSON instead, with `œ` for each quote; both are written when an edge is made.
 */
export type HandleId = `out:${string}` | `in:${string}` | `loop:${string}`

export const outputHandleId = (name: string): HandleId => `out:${name}`
export const fieldHandleId = (name: string): HandleId => `in:${name}`
export const loopHandleId = (name: string): HandleId => `loop:${name}`

/** The name a handle's id ends in: of an output or a field. */
export const handleName = (id: string): string => id.slice(id.indexOf(':') + 1)

/** Writes a handle as a file holds it: keys in alphabetical order, compact, `œ` for each quote. */
export function printHandle(handle: object): string {
  const sorted = Object.fromEntries(Object.entries(handle).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify(sorted).replaceAll('"', 'œ')
}

function parseHandle(text: string | null | undefined): Record<string, unknown> | undefined {
  if (!text?.startsWith('{')) return undefined
  for (const candidate of [text, text.replaceAll('œ', '"')]) {
    try {
      const value: unknown = JSON.parse(candidate)
      // A JSON text that begins with a brace is an object.
      return value as Record<string, unknown>
    } catch {
      // The other spelling may fit.
    }
  }
  return undefined
}

/** Both ends of an edge by the short names of the canvas; undefined for an end that names no handle. */
export function canvasHandles(edge: FlowEdge): {
  readonly source: HandleId | undefined
  readonly target: HandleId | undefined
} {
  const source = edge.data?.sourceHandle ?? parseHandle(edge.sourceHandle)
  const target = edge.data?.targetHandle ?? parseHandle(edge.targetHandle)
  const output = text(source?.name)
  const field = text(target?.fieldName)
  const loop = text(target?.name)
  return {
    source: output === undefined ? undefined : outputHandleId(output),
    target: field !== undefined ? fieldHandleId(field) : loop !== undefined ? loopHandleId(loop) : undefined,
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The types an output gives: the chosen one of several. */
export const typesGiven = (output: NodeOutput): readonly string[] =>
  output.selected ? [output.selected] : (output.types ?? [])

export function sourceHandle(node: FlowNode, output: NodeOutput): SourceHandle {
  return { dataType: node.data.type, id: node.id, name: output.name, output_types: typesGiven(output) }
}

export function fieldHandle(node: FlowNode, name: string, field: TemplateField): TargetHandle {
  return {
    fieldName: name,
    id: node.id,
    inputTypes: field.input_types ?? null,
    type: field.type ?? 'str',
    ...(field.proxy && { proxy: field.proxy }),
  }
}

export function loopHandle(node: FlowNode, output: NodeOutput): TargetHandle {
  return {
    dataType: node.data.type,
    id: node.id,
    name: output.name,
    output_types: [...typesGiven(output), ...(output.loop_types ?? [])],
  }
}

/** An edge as Langflow's editor writes it. */
export function makeEdge(source: SourceHandle, target: TargetHandle): FlowEdge {
  const [sourceText, targetText] = [printHandle(source), printHandle(target)]
  return {
    id: `xy-edge__${source.id}${sourceText}-${target.id}${targetText}`,
    source: source.id,
    target: target.id,
    sourceHandle: sourceText,
    targetHandle: targetText,
    data: { sourceHandle: source, targetHandle: target },
    className: '',
    animated: false,
    selected: false,
  }
}
