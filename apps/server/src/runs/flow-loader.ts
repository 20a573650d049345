import { compileGraph } from '@runnel/engine/compile-graph'
import type { Graph } from '@runnel/engine/graph'
import { createRegistry } from '@runnel/engine/registry'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'
import type { FlowVersion } from '@runnel/storage/flow-repository'
import type { Storage } from '@runnel/storage/open-storage'

/** A stored flow, ready to run. */
export interface LoadedFlow {
  /** What its runs are known by; a visitor's runs have an id of their own. */
  readonly id: string
  /** The id it is stored under. */
  readonly storedId: string
  readonly ownerId: string
  /** Grows with every change of the stored flow; 0 for a graph that is not stored. */
  readonly version: number
  readonly graph: Graph
  /** What it was compiled from. */
  readonly source: JsonObject
  /** The number of the published version it is; undefined for the draft. */
  readonly published?: number
}

/** Compiled flows kept in memory. */
const KEPT = 300

/**
 * Finds flows for a caller and compiles them, once per stored version: its own by id or endpoint name, anybody's
 * that is public.
 */
export function createFlowLoader({
  storage,
  loadComponents,
}: {
  readonly storage: Pick<Storage, 'flows'>
  readonly loadComponents: () => Promise<readonly Component[]>
}) {
  const registry = loadOnce(async () => createRegistry(await loadComponents()))
  const compiled = new Map<string, { readonly version: number; readonly flow: LoadedFlow }>()

  async function find(userId: string, idOrName: string): Promise<FlowVersion> {
    const parsed = parseUuid(idOrName)
    const key = 'id' in parsed ? parsed.id : idOrName
    const own = await storage.flows.version(userId, key)
    if (own) return own
    const other = await storage.flows.findAny(key)
    if (other?.accessType === 'PUBLIC') return other
    throw new AppError('flow_not_found', [idOrName.slice(0, 100)])
  }

  async function compileStored({
    id,
    userId,
  }: FlowVersion): Promise<{ readonly version: number; readonly flow: LoadedFlow }> {
    const stored = await storage.flows.find(userId, id)
    if (!stored) throw new AppError('flow_not_found', [id])
    if (stored.data === null) throw new AppError('flow_has_no_data', [id])
    const source: JsonObject = JSON.parse(stored.data)
    const graph = compileGraph(source, await registry())
    const { version } = stored
    return { version, flow: { id, storedId: id, ownerId: userId, version, graph, source } }
  }

  return {
    /** A graph that is not stored, as the flow of that id. @throws AppError `flow_invalid` */
    async compile(userId: string, flowId: string, data: JsonObject): Promise<LoadedFlow> {
      const graph = compileGraph(data, await registry())
      return { id: flowId, storedId: flowId, ownerId: userId, version: 0, graph, source: data }
    },

    /** @throws AppError `flow_not_found`, `flow_has_no_data` or `flow_invalid`. */
    async load(userId: string, idOrName: string): Promise<LoadedFlow> {
      const found = await find(userId, idOrName)
      const known = compiled.get(found.id)
      if (known?.version === found.version) return known.flow
      const made = await compileStored(found)
      compiled.delete(found.id)
      compiled.set(found.id, made)
      const oldest = compiled.size > KEPT ? compiled.keys().next().value : undefined
      if (oldest !== undefined) compiled.delete(oldest)
      return made.flow
    },
  }
}
export type FlowLoader = ReturnType<typeof createFlowLoader>

function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load()
    return loading
  }
}
