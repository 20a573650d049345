import type { History } from '../history.ts'
import { isField, nodeOf } from '../model/flow-document.ts'

/** One change of a field of a node. */
export interface FieldChange {
  readonly field: string
  readonly label: string
  readonly before: unknown
  readonly after: unknown
  /** Epoch milliseconds. */
  readonly at: number
}

/** What was done to the fields of a node since the flow was opened and not undone, the newest first. */
export function fieldHistory({ past }: History, nodeId: string): readonly FieldChange[] {
  return past
    .flatMap(({ before, after, at }) => {
      const [was, is] = [nodeOf(before, nodeId)?.data.node.template, nodeOf(after, nodeId)?.data.node.template]
      if (!was || !is || was === is) return []
      return Object.entries(is).flatMap(([name, field]): readonly FieldChange[] => {
        const old: unknown = was[name]
        if (old === field || !isField(field) || !isField(old) || field.password) return []
        if (JSON.stringify(old.value) === JSON.stringify(field.value)) return []
        return [{ field: name, label: field.display_name || name, before: old.value, after: field.value, at }]
      })
    })
    .reverse()
}
