import type { TokenUsage } from '@runnel/protocol/message'
import { isData, isDataFrame, isMessage, type Message } from '@runnel/sdk'
import type { LogEntry, NodeResult } from './node-result.ts'
import { NO_LIMITS, type WireLimits, wireValue } from './wire-value.ts'

/** What a run answers for one node. */
export interface ResultData {
  readonly results: Readonly<Record<string, unknown>>
  readonly artifacts: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, { readonly message: unknown; readonly type: string }>>
  readonly logs: Readonly<Record<string, readonly unknown[]>>
  readonly messages: readonly ChatLine[]
  readonly timedelta: null
  readonly duration: null
  readonly component_display_name: string
  readonly component_id: string
  readonly used_frozen_result: boolean
  readonly token_usage: TokenUsage | null
}

interface ChatLine {
  readonly message: string
  readonly sender: string
  readonly sender_name: string
  readonly session_id: string
  readonly stream_url: null
  readonly component_id: string
  readonly files: readonly string[]
  readonly type: string
}

/** What the wire form of a result is made from. */
export interface ShownResult extends Pick<NodeResult, 'outputs' | 'logs' | 'usage' | 'usedFrozenResult'> {
  readonly node: Pick<NodeResult['node'], 'id' | 'type' | 'displayName'>
}

/** The wire form of a node's result. */
export function resultData(result: ShownResult, limits: WireLimits = NO_LIMITS): ResultData {
  const { node, outputs } = result
  const said = [...outputs.values()].filter(isMessage)
  return {
    results: mapOutputs(outputs, (value) =>
      isMessage(value) ? { ...(wireValue(value, limits) as object), component_id: node.id } : wireValue(value, limits),
    ),
    artifacts: resultArtifacts(result, limits),
    outputs: mapOutputs(outputs, (value) => shownOutput(value, limits)),
    logs: mapOutputs(result.logs, (entries) => entries.map((entry) => wireLog(entry, limits))),
    messages: said.filter(({ text }) => text !== '').map((message) => chatLine(message, node.id)),
    timedelta: null,
    duration: null,
    component_display_name: node.displayName,
    component_id: node.id,
    used_frozen_result: result.usedFrozenResult,
    token_usage: result.usage,
  }
}

function wireLog({ name, message, type, at }: LogEntry, limits: WireLimits) {
  const timestamp = at === undefined ? undefined : new Date(at).toISOString()
  return { name, message: wireValue(message, limits), type, ...(timestamp !== undefined && { timestamp }) }
}

function mapOutputs<V, T>(outputs: ReadonlyMap<string, V>, show: (value: V) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Array.from(outputs, ([name, value]) => [name, show(value)]))
}

function shownOutput(value: unknown, limits: WireLimits): { readonly message: unknown; readonly type: string } {
  if (isMessage(value)) return { message: wireValue(value.text, limits), type: 'text' }
  if (typeof value === 'string') return { message: wireValue(value, limits), type: 'text' }
  if (isData(value)) return { message: wireValue(value.data, limits), type: 'object' }
  if (isDataFrame(value) || isDataList(value)) return { message: records(value, limits), type: 'array' }
  return { message: '', type: 'unknown' }
}

/** For people: the chat form for chat nodes, else each output as text, raw value and type. */
function resultArtifacts({ node, outputs }: ShownResult, limits: WireLimits): Readonly<Record<string, unknown>> {
  const said =
    node.type === 'ChatInput' || node.type === 'ChatOutput' ? [...outputs.values()].find(isMessage) : undefined
  if (said) {
    return {
      message: wireValue(said.text, limits),
      sender: said.sender,
      sender_name: said.sender_name,
      files: said.files.map((path) => ({ path })),
      type: 'object',
    }
  }
  return mapOutputs(outputs, (value) => artifact(value, limits))
}

function artifact(
  value: unknown,
  limits: WireLimits,
): { readonly repr: string; readonly raw: unknown; readonly type: string } {
  if (isMessage(value)) return textArtifact(value.text, limits)
  if (typeof value === 'string') return textArtifact(value, limits)
  if (isData(value)) {
    const raw = wireValue(value.data, limits)
    return { repr: JSON.stringify(raw), raw, type: 'object' }
  }
  if (isDataFrame(value) || isDataList(value)) {
    const raw = records(value, limits)
    return { repr: JSON.stringify(raw), raw, type: 'array' }
  }
  const repr = wireValue(value, limits)
  return { repr: typeof repr === 'string' ? repr : JSON.stringify(repr), raw: 'Built Successfully ✨', type: 'unknown' }
}

function textArtifact(text: string, limits: WireLimits) {
  const shown = wireValue(text, limits)
  return { repr: String(shown), raw: shown, type: 'text' }
}

const isDataList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.every(isData)

function records(value: unknown, limits: WireLimits): unknown {
  return wireValue(Array.isArray(value) ? value.map((entry) => (isData(entry) ? entry.data : entry)) : value, limits)
}

const LIST_LINE = /^\s*(?:[-*+]|\d+\.)\s/m

/** The flat form of a message. Single newlines of a machine's prose are doubled, as Markdown needs them. */
function chatLine(said: Message, componentId: string): ChatLine {
  const sender = said.sender ?? 'Machine'
  const isProse = sender === 'Machine' && !LIST_LINE.test(said.text)
  return {
    message: isProse ? said.text.replaceAll('\n\n', '\n').replaceAll('\n', '\n\n') : said.text,
    sender,
    sender_name: said.sender_name ?? 'AI',
    session_id: said.session_id,
    stream_url: null,
    component_id: componentId,
    files: said.files,
    type: 'text',
  }
}
