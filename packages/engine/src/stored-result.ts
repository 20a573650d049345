import { isObject, type JsonObject } from '@runnel/protocol/json'
import { emptyProperties, type MessageProperties } from '@runnel/protocol/message'
import { data, dataFrame, isData, isDataFrame, isMessage, type Message, message } from '@runnel/sdk'
import type { LogEntry, NodeResult } from './node-result.ts'
import { type ResultData, resultData } from './wire-result.ts'
import { type WireLimits, wireValue } from './wire-value.ts'

/** What a stored result is read back with. */
export interface StoredResultOwner {
  readonly nodeId: string
  readonly flowId: string
  readonly runId: string
}

/**
 * A node's result as it is kept: its values once, without what is as usual, a fifth of the wire form. Most results are
 * never looked at again, and all are written while somebody waits.
 */
export function printStoredResult(result: NodeResult, limits: WireLimits): string {
  const { node, outputs, usage, models, usedFrozenResult } = result
  const kept: Record<string, unknown> = {}
  for (const [name, value] of outputs) kept[name] = pack(value, limits)
  const logs = [...result.logs].filter(([, entries]) => entries.length > 0)
  return JSON.stringify({
    name: node.displayName,
    type: node.type,
    outputs: kept,
    ...(logs.length > 0 && { logs: Object.fromEntries(logs) }),
    ...(usage && { usage }),
    ...(models && { models }),
    ...(usedFrozenResult && { frozen: true }),
  })
}

/** The wire form of a stored result. */
export function readStoredResult(text: string, owner: StoredResultOwner): ResultData {
  const stored: unknown = JSON.parse(text)
  const { name, type, outputs, logs, usage, frozen }: JsonObject = isObject(stored) ? stored : {}
  const values = Object.entries(isObject(outputs) ? outputs : {}).map(
    ([output, value]) => [output, unpack(value, owner)] as const,
  )
  const kept = isObject(logs) ? logs : {}
  return resultData({
    node: { id: owner.nodeId, type: String(type), displayName: String(name) },
    outputs: new Map(values),
    // Both were written by `printStoredResult`.
    logs: new Map(
      [...new Set([...values.map(([output]) => output), ...Object.keys(kept)])].map(
        (output) => [output, (kept[output] ?? []) as readonly LogEntry[]] as const,
      ),
    ),
    usage: (usage ?? null) as NodeResult['usage'],
    usedFrozenResult: frozen === true,
  })
}

function pack(value: unknown, limits: WireLimits): unknown {
  if (isMessage(value)) return packMessage(value, limits)
  if (isData(value)) return { kind: 'data', data: wireValue(value.data, limits), text_key: value.text_key }
  if (isDataFrame(value)) return { kind: 'dataframe', columns: value.columns, rows: wireValue(value.rows, limits) }
  if (Array.isArray(value) && value.length > 0 && value.every(isData)) {
    return { kind: 'list', items: value.slice(0, limits.itemsLength).map((item) => pack(item, limits)) }
  }
  return wireValue(value, limits)
}

function unpack(value: unknown, owner: StoredResultOwner): unknown {
  if (!isObject(value)) return value
  switch (value.kind) {
    case 'message':
      return unpackMessage(value, owner)
    case 'data':
      return data(isObject(value.data) ? value.data : {}, { text_key: String(value.text_key) })
    case 'dataframe': {
      const rows = Array.isArray(value.rows) ? value.rows.filter(isObject) : []
      return dataFrame(rows, { columns: Array.isArray(value.columns) ? value.columns.map(String) : [] })
    }
    case 'list':
      return Array.isArray(value.items) ? value.items.map((item) => unpack(item, owner)) : []
    default:
      return value
  }
}

const usual = message('', { timestamp: 0 })
type MessageKey = Exclude<keyof Message, 'kind' | 'text' | 'prompt' | 'flow_id' | 'run_id' | 'properties'>
const messageKeys: readonly MessageKey[] = [
  'id',
  'sender',
  'sender_name',
  'session_id',
  'context_id',
  'files',
  'timestamp',
  'error',
  'edit',
  'category',
  'content_blocks',
  'extra',
]

function packMessage(said: Message, limits: WireLimits): JsonObject {
  const kept: Record<string, unknown> = { kind: said.kind, text: wireValue(said.text, limits) }
  for (const key of messageKeys) if (!isUsual(said[key], usual[key])) kept[key] = said[key]
  const unusual = changedProperties(said.properties)
  if (unusual) kept.properties = unusual
  return kept
}

function unpackMessage(kept: JsonObject, { flowId, runId }: StoredResultOwner): Message {
  const { kind: _, text, properties, ...rest } = kept
  return message(String(text), {
    ...(rest as Partial<Message>),
    flow_id: flowId,
    run_id: runId,
    properties: { ...emptyProperties, ...(isObject(properties) ? properties : {}) } as MessageProperties,
  })
}

/** The properties that differ from those of a plain message; undefined when none does. */
function changedProperties(properties: MessageProperties): JsonObject | undefined {
  if (properties === emptyProperties) return undefined
  const changed: [key: string, value: unknown][] = []
  for (const key in properties) {
    const value: unknown = Reflect.get(properties, key)
    if (!isUsual(value, Reflect.get(emptyProperties, key))) changed.push([key, value])
  }
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

/** Equal, or both empty lists or objects. */
function isUsual(value: unknown, other: unknown): boolean {
  if (value === other) return true
  if (Array.isArray(value) && Array.isArray(other)) return value.length === 0 && other.length === 0
  return isObject(value) && isObject(other) && Object.keys(value).length === 0 && Object.keys(other).length === 0
}
