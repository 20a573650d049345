import type { NodeResult } from '@runnel/engine/node-result'
import { wireValue } from '@runnel/engine/wire-value'
import { isMessage } from '@runnel/sdk'

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
  const text = isMessage(value)
    ? value.text
    : typeof value === 'string'
      ? value
      : JSON.stringify(wireValue(value, LIMITS))
  return text === '' ? null : text.slice(0, SHOWN)
}
