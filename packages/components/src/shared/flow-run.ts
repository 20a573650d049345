import { AppError, messageOf, runFailureCode } from '@runnel/protocol/errors'
import { type Data, type FlowInfo, type FlowNodeOutputs, isMessage, type RunContext, toDataList } from '@runnel/sdk'

/** The options of a field that names a flow: which flows there are, only the server knows. */
export const FLOW_NAMES: readonly string[] = []

/** @throws AppError `invalid_field` when the owner has no such flow. */
export async function flowNamed({ flows }: RunContext, ...names: readonly string[]): Promise<FlowInfo> {
  for (const name of names.filter((one) => one.trim() !== '')) {
    const found = await flows.find(name)
    if (found) return found
  }
  throw new AppError('invalid_field', ['Flow not found'])
}

export interface InnerRun {
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly sessionId?: string
  /** Nodes whose outputs are wanted besides those of the flow's outputs. */
  readonly nodes?: readonly string[]
}

/** Runs another flow. @throws AppError of its failure, naming it; the signal's reason. */
export async function runOther(
  flow: FlowInfo,
  { fields, sessionId = '', nodes = [] }: InnerRun,
  context: RunContext,
  signal: AbortSignal = context.signal,
): Promise<readonly FlowNodeOutputs[]> {
  try {
    return await context.flows.run(flow.id, { sessionId: sessionId || context.sessionId, fields, nodes }, signal)
  } catch (error) {
    signal.throwIfAborted()
    const code = runFailureCode(error) ?? 'component_failed'
    const message = `Error running flow: ${flow.name}\n\n${messageOf(error)}`
    throw new AppError(code, [], { cause: error, message })
  }
}

/** Values named `NODE~FIELD`, by node and field; `separator` stands between the two. */
export function fieldsByNode(
  values: Readonly<Record<string, unknown>>,
  separator: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const fields = new Map<string, Map<string, unknown>>()
  for (const [key, value] of Object.entries(values)) {
    const at = key.lastIndexOf(separator)
    if (at <= 0 || value === undefined || value === null) continue
    const node = key.slice(0, at)
    const ofNode = fields.get(node) ?? new Map<string, unknown>()
    fields.set(node, ofNode.set(key.slice(at + separator.length), isMessage(value) ? value.text : value))
  }
  return Object.fromEntries([...fields].map(([node, values]) => [node, Object.fromEntries(values)]))
}

/** The first value of the flow's first output that ran. */
export function firstValue(nodes: readonly FlowNodeOutputs[]): unknown {
  return nodes
    .find(({ isOutput, outputs }) => isOutput && outputs.size > 0)
    ?.outputs.values()
    .next().value
}

/** What all outputs of the flow gave. */
export function allValues(nodes: readonly FlowNodeOutputs[]): readonly Data[] {
  return nodes.filter(({ isOutput }) => isOutput).flatMap(({ outputs }) => [...outputs.values()].flatMap(toDataList))
}
