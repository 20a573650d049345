import type { TemplateField } from '../model/flow-document.ts'
import type { Command } from './command.ts'
import { setField } from './set-field.ts'

/** Changes the same field of several nodes, or several fields of one, as one step. */
export const setFields: Command<{
  readonly changes: readonly {
    readonly nodeId: string
    readonly field: string
    readonly change: Partial<TemplateField>
  }[]
}> = {
  id: 'set-fields',
  apply: (document, { changes }) => changes.reduce((result, one) => setField.apply(result, one), document),
}
