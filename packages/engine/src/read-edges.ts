import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import { edgeHandle, typesMeet } from './handle-codec.ts'

/** An edge with its ends as node numbers. `output` is undefined in files before 1.0, which name `baseClasses`. */
export interface RawEdge {
  readonly source: number
  readonly target: number
  readonly output: string | undefined
  readonly baseClasses: readonly string[]
  readonly field: string | undefined
  readonly feedback: string | undefined
}

/**
 * Reads the edges of a flow, equal ones once. Edges at notes are dropped; types that do not meet are a warning.
 * @throws AppError `flow_invalid` when an end does not exist or a handle cannot be read.
 */
export function readEdges(
  edges: readonly JsonObject[],
  indexById: ReadonlyMap<string, number>,
  noteIds: ReadonlySet<unknown>,
  warnings: string[],
): readonly RawEdge[] {
  const seen = new Set<string>()
  const read: RawEdge[] = []
  for (const edge of edges) {
    if (noteIds.has(edge.source) || noteIds.has(edge.target)) continue
    const source = endOf(edge, 'source', indexById)
    const target = endOf(edge, 'target', indexById)
    const from = handleOf(edge, 'sourceHandle')
    const to = handleOf(edge, 'targetHandle')
    const output = typeof from.name === 'string' ? from.name : undefined
    const field = typeof to.fieldName === 'string' ? to.fieldName : undefined
    const feedback = field === undefined && typeof to.name === 'string' ? to.name : undefined
    if (field === undefined && feedback === undefined) throw unreadable(edge, 'targetHandle')
    const baseClasses = strings(from.baseClasses)
    const key = JSON.stringify([source, target, output ?? baseClasses, field, feedback])
    if (seen.has(key)) continue
    seen.add(key)
    const given = strings(from.output_types ?? baseClasses)
    const taken = strings(to.inputTypes ?? to.output_types)
    if (given.length > 0 && taken.length > 0 && !typesMeet(given, taken) && !given.includes(String(to.type))) {
      warnings.push(
        `The edge from ${edge.source} to ${edge.target} joins types that do not meet: ${given} and ${taken}.`,
      )
    }
    read.push({ source, target, output, baseClasses, field, feedback })
  }
  return read
}

function endOf(edge: JsonObject, end: 'source' | 'target', indexById: ReadonlyMap<string, number>): number {
  const index = indexById.get(String(edge[end]))
  if (index !== undefined) return index
  const other = String(edge[end === 'source' ? 'target' : 'source'])
  throw new AppError('flow_invalid', [
    `Vertex ${String(edge[end])} not found: an edge at ${other} leads to a node that does not exist. Delete the edge.`,
  ])
}

function handleOf(edge: JsonObject, side: 'sourceHandle' | 'targetHandle'): JsonObject {
  const handle = edgeHandle(edge, side)
  if (handle) return handle
  throw unreadable(edge, side)
}

function unreadable(edge: JsonObject, side: string): AppError {
  return new AppError('flow_invalid', [
    `The edge from ${String(edge.source)} to ${String(edge.target)} has a ${side} that cannot be read. Draw the edge again.`,
  ])
}

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
