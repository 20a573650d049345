import type { NodeResult } from '@runnel/engine/node-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isMessage } from '@runnel/sdk'

const INPUT_LIMITS: WireLimits = { textLength: 1000, itemsLength: 100 }
const MASK = '*****'
/** A shorter secret would be half told by its ends. */
const SHORTEST = 20

/** What a node was given, as JSON: secrets masked, code left out, models and long values shortened. */
export function stepInputs({ inputs, node }: NodeResult): string {
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
  return JSON.stringify(shown)
}

/** The first and last four characters, by which its owner knows it. */
const masked = (secret: unknown): string =>
  typeof secret === 'string' && secret.length >= SHORTEST ? `${secret.slice(0, 4)}…${secret.slice(-4)}` : MASK
