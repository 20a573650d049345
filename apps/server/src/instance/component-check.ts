import { AppError, messageOf } from '@runnel/protocol/errors'
import type { ComponentFailure } from '@runnel/protocol/instance'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { isComponentModule } from '@runnel/sdk'
import type { FlowRecord, UserRecord } from '@runnel/storage/records'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'storage' | 'registry' | 'customCode'>

export interface ComponentReport {
  readonly flows: number
  readonly components: number
  readonly failures: readonly ComponentFailure[]
  readonly isCut: boolean
}

/** More failures are not looked for. */
const MOST_FAILURES = 200
/** Users and flows read at a time. */
const PAGE = 50

interface Broken {
  readonly kind: ComponentFailure['kind']
  readonly error: string
  readonly traceback: string
}

/**
 * Loads the component of every node of every flow: those in TypeScript in the sandbox, where their module runs with
 * nothing lent to it; all others are looked up.
 */
export async function checkAllComponents(services: Needed, signal: AbortSignal): Promise<ComponentReport> {
  const failures: ComponentFailure[] = []
  let [flows, components] = [0, 0]
  for await (const { owner, flow } of allFlows(services)) {
    signal.throwIfAborted()
    flows++
    for (const { id, type, node } of componentNodes(flow)) {
      components++
      const broken = await problemOf(services, { owner, id, type, node }, signal)
      if (!broken) continue
      if (failures.length === MOST_FAILURES) return { flows, components, failures, isCut: true }
      const component = typeof node.display_name === 'string' ? node.display_name : type
      const place = { flow_id: flow.id, flow: flow.name, owner: owner.username, node_id: id }
      failures.push({ ...place, component, ...broken })
    }
  }
  return { flows, components, failures, isCut: false }
}

async function* allFlows({
  storage,
}: Needed): AsyncGenerator<{ readonly owner: UserRecord; readonly flow: FlowRecord }> {
  for (let skip = 0; ; skip += PAGE) {
    const users = await storage.users.list({ skip, limit: PAGE })
    for (const owner of users) {
      for (let page = 1; ; page++) {
        const found = await storage.flows.list(owner.id, { page, size: PAGE })
        for (const flow of found) yield { owner, flow }
        if (found.length < PAGE) break
      }
    }
    if (users.length < PAGE) return
  }
}

interface ComponentNode {
  readonly id: string
  readonly type: string
  readonly node: JsonObject
}

function componentNodes({ data }: FlowRecord): readonly ComponentNode[] {
  const graph: unknown = JSON.parse(data ?? 'null')
  const nodes = isObject(graph) && Array.isArray(graph.nodes) ? graph.nodes : []
  return nodes.flatMap((entry) => {
    if (!isObject(entry) || entry.type === 'noteNode' || !isObject(entry.data)) return []
    const { type, node } = entry.data
    return typeof type === 'string' && isObject(node) ? [{ id: String(entry.id), type, node }] : []
  })
}

async function problemOf(
  { registry, customCode }: Needed,
  { owner, id, type, node }: ComponentNode & { readonly owner: UserRecord },
  signal: AbortSignal,
): Promise<Broken | undefined> {
  const { resolve, missing } = await registry()
  // A group of nodes is none of the catalogue's.
  if (isObject(node.flow)) return undefined
  const found = resolve(type, node)
  if (!found) return { kind: 'missing', error: missing(type, node, id), traceback: '' }
  const source = isObject(node.template) && isObject(node.template.code) ? node.template.code.value : undefined
  if (!found.code || typeof source !== 'string' || !isComponentModule(source)) return undefined
  try {
    await customCode.component(source, owner, signal)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const trace = isObject(error.cause) && typeof error.cause.trace === 'string' ? error.cause.trace : ''
    return { kind: 'code', error: messageOf(error), traceback: trace }
  }
}
