import type { NodeResult } from '@runnel/engine/node-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isMessage } from '@runnel/sdk'

const INPUT_LIMITS: WireLimits = { textLength: 1000, itemsLength: 100 }
const MASK = '*****'

/** What a node was given, as JSON: secrets masked, models and long values shortened. */
export function stepInputs({ inputs, node }: NodeResult): string {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(inputs)) {
    const field = node.fields[node.fieldIndex.get(name) ?? -1]
    const isSecret = (field?.declared?.attributes.password ?? field?.template?.password) === true
    if (value === undefined || value === null) continue
    shown[name] =
      isSecret && value !== ''
        ? MASK
        : isMessage(value)
          ? value.text.slice(0, INPUT_LIMITS.textLength)
          : wireValue(value, INPUT_LIMITS)
  }
  return JSON.stringify(shown)
}
