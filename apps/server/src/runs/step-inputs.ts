import type { NodeResult } from '@runnel/engine/node-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isMessage } from '@runnel/sdk'

const INPUT_LIMITS: WireLimits = { textLength: 1000, itemsLength: 100 }
const MASK = '*****'
/** A shorter secret would be half told by its ends. */
const SHORTEST = 20

/** What a node was given, as JSON: secrets masked, code left out, models and long values shortened. */
export function stepInputs({ inputs, node, credentials }: Pick<NodeResult, 'inputs' | 'node' | 'credentials'>): string {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(inputs)) {
    const field = node.fields[node.fieldIndex.get(name) ?? -1]
    const isSecret = (field?.declared?.attributes.password ?? field?.template?.password) === true
    const isCode = (field?.declared?.type ?? field?.template?.type) === 'code'
    if (value === undefined || value === null || isCode) continue
    shown[name] =
      isSecret && value !== ''
        ? masked(value)
        : isMessage(value)
          ? value.text.slice(0, INPUT_LIMITS.textLength)
          : wireValue(value, INPUT_LIMITS)
  }
  if (!credentials) return JSON.stringify(shown)
  // Fields of other kinds and cells of tables may hold one, too.
  const hidden = new Map(credentials.map((secret) => [wireValue(secret, INPUT_LIMITS), masked(secret)]))
  return JSON.stringify(shown, (_, value: unknown) => hidden.get(value) ?? value)
}

/** The first and last four characters, by which its owner knows it. */
const masked = (secret: unknown): string =>
  typeof secret === 'string' && secret.length >= SHORTEST ? `${secret.slice(0, 4)}…${secret.slice(-4)}` : MASK
