import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Graph } from '@runnel/engine/graph'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Storage } from '@runnel/storage/open-storage'
import type { LoadedFlow } from './flow-loader.ts'

export interface RunGraphsOptions {
  readonly storage: Pick<Storage, 'runGraphs'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type RunGraphs = ReturnType<typeof createRunGraphs>

/** Keeps the graphs that runs ran, so that a past run is drawn as it was. */
export function createRunGraphs({ storage: { runGraphs }, now }: RunGraphsOptions) {
  const known = new WeakMap<Graph, Promise<string>>()

  async function write({ id: flowId, source }: Pick<LoadedFlow, 'id' | 'source'>): Promise<string> {
    // The first node goes first.
    await setImmediate()
    const data = graphText(source)
    const id = hash('sha256', `${flowId}\n${data}`).slice(0, 32)
    await runGraphs.keep({ id, flowId, usedAt: now(), data })
    return id
  }

  return {
    /** The name the graph is kept under, once it is: written once for as long as the flow stays compiled. */
    keep(flow: LoadedFlow): Promise<string> {
      const written = known.get(flow.graph) ?? write(flow)
      known.set(flow.graph, written)
      // Tried again by the next run; this one hears of it when it waits for the name.
      written.catch(() => known.delete(flow.graph))
      return written
    },
  }
}

/** A graph as JSON text, without secrets and without code. */
export const graphText = (source: JsonObject): string =>
  JSON.stringify({ nodes: source.nodes, edges: source.edges, viewport: source.viewport }, (key, value: unknown) => {
    if (!isObject(value) || !Object.hasOwn(value, 'value')) return value
    if (value.password === true && value.load_from_db !== true) return { ...value, value: null }
    return key === 'code' && value.type === 'code' ? { ...value, value: '' } : value
  })
