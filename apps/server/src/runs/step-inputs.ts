import type { NodeResult } from '@runnel/engine/node-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isObject } from '@runnel/protocol/json'
import { isMessage } from '@runnel/sdk'

const INPUT_LIMITS: WireLimits = { textLength: 1000, itemsLength: 100 }
const MASK = '*****'
/** A shorter secret would be half told by its ends. */
const SHORTEST = 20
/** Fields people write headers and options into. */
const LISTS: ReadonlySet<string> = new Set(['table', 'dict', 'NestedDict'])
/** Names under which a secret stands there. */
const SECRET =
  /^(x-)?(api[-_]?key|(proxy-)?authorization|cookie|password|passwd|(client[-_]?)?secret|((access|auth|refresh)[-_]?)?token)$/i

/** What a node was given, as JSON: secrets masked, code left out, models and long values shortened. */
export function stepInputs({ inputs, node, credentials }: Pick<NodeResult, 'inputs' | 'node' | 'credentials'>): string {
  const shown: Record<string, unknown> = {}
  for (const name in inputs) {
    const value = inputs[name]
    const field = node.fields[node.fieldIndex.get(name) ?? -1]
    const isSecret = (field?.declared?.attributes.password ?? field?.template?.password) === true
    const type = String(field?.declared?.type ?? field?.template?.type)
    if (value === undefined || value === null || type === 'code') continue
    const told = isMessage(value) ? value.text.slice(0, INPUT_LIMITS.textLength) : wireValue(value, INPUT_LIMITS)
    shown[name] = isSecret && value !== '' ? masked(value) : LISTS.has(type) ? guarded(told) : told
  }
  if (!credentials) return JSON.stringify(shown)
  // Fields of other kinds and cells of tables may hold one, too.
  const hidden = new Map(credentials.map((secret) => [wireValue(secret, INPUT_LIMITS), masked(secret)]))
  return JSON.stringify(shown, (_, value: unknown) => hidden.get(value) ?? value)
}

/** The same with what stands under the name of a secret masked, be it a key or the `key` of a row. */
function guarded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(guarded)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, entry]) => {
    const name = key === 'value' ? value.key : key
    return [key, typeof name === 'string' && SECRET.test(name) && entry ? masked(entry) : guarded(entry)] as const
  })
  return Object.fromEntries(entries)
}

/** The first and last four characters, by which its owner knows it. */
const masked = (secret: unknown): string =>
  typeof secret === 'string' && secret.length >= SHORTEST ? `${secret.slice(0, 4)}…${secret.slice(-4)}` : MASK
