import { isObject } from '@runnel/protocol/json'
import {
  type Data,
  isData,
  isDataFrame,
  isEmbeddings,
  isLanguageModel,
  isMessage,
  isTool,
  isVectorStore,
} from '@runnel/sdk'
import { wireMessage } from './wire-message.ts'

/** How much of a long value is shown (`LANGFLOW_MAX_TEXT_LENGTH`, `LANGFLOW_MAX_ITEMS_LENGTH`). */
export interface WireLimits {
  /** Characters of a string. */
  readonly textLength: number
  /** Entries of a list. */
  readonly itemsLength: number
}

export const NO_LIMITS: WireLimits = { textLength: Number.POSITIVE_INFINITY, itemsLength: Number.POSITIVE_INFINITY }

/** A value of an edge as JSON. Models and tools appear as a short text. */
export function wireValue(value: unknown, limits: WireLimits = NO_LIMITS): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return cutText(value, limits)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number(value)
  if (isMessage(value))
    return wireMessage(limits === NO_LIMITS ? value : { ...value, text: cutText(value.text, limits) })
  if (isData(value)) return wireData(value, limits)
  if (isDataFrame(value)) return cutList(value.rows, limits)
  if (isLanguageModel(value)) return `${value.provider} model ${value.model}`
  if (isVectorStore(value)) return `${value.provider} store`
  if (isEmbeddings(value)) return `${value.provider} embeddings ${value.model}`
  if (isTool(value)) return { name: value.name, description: value.description }
  if (Array.isArray(value)) return cutList(value, limits)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return cutText(Buffer.from(value).toString('utf8'), limits)
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, wireValue(entry, limits)]))
  }
  return String(value)
}

/** `{text_key, data, default_value}`. */
function wireData(value: Data, limits: WireLimits): unknown {
  return { text_key: value.text_key, data: wireValue(value.data, limits), default_value: value.default_value }
}

function cutText(text: string, { textLength }: WireLimits): string {
  return text.length > textLength ? `${text.slice(0, textLength)}...` : text
}

function cutList(list: readonly unknown[], limits: WireLimits): readonly unknown[] {
  const shown = list.slice(0, limits.itemsLength).map((entry) => wireValue(entry, limits))
  const hidden = list.length - shown.length
  return hidden > 0 ? [...shown, `... [truncated ${hidden} items]`] : shown
}
