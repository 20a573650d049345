import type { NodeResult } from '@runnel/engine/node-result'
import { type WireLimits, wireValue } from '@runnel/engine/wire-value'
import { isData, isMessage } from '@runnel/sdk'

/** Characters of a text that lists show. */
const SHOWN = 300
const LIMITS = { textLength: SHOWN, itemsLength: 10 }

/** What the nodes at the ends of a flow were given and gave, in short: what lists of runs show. */
export function createRunWords() {
  let said: string | null = null
  let answered: string | null = null
  return {
    notice(result: NodeResult): void {
      const { role } = result.node
      if (role === 'input') said ??= beginning(result)
      else if (role === 'output') answered = beginning(result)
    },
    read: () => ({ said, answered }),
  }
}

function beginning({ outputs }: NodeResult): string | null {
  const [value] = outputs.values()
  if (value === undefined || value === null) return null
  const text = wordsOf(value)
  return text === '' ? null : text.slice(0, SHOWN)
}

/** The text of a value; of what has none its entries, without what they are wrapped in. */
export function wordsOf(value: unknown, limits: WireLimits = LIMITS): string {
  if (typeof value === 'string') return value
  if (isMessage(value)) return value.text
  if (!isData(value)) return JSON.stringify(wireValue(value, limits))
  const { [value.text_key]: text, ...others } = value.data
  const isText = typeof text === 'string' && Object.keys(others).length === 0
  return isText ? text : JSON.stringify(wireValue(value.data, limits))
}
