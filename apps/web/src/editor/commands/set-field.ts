import type { TemplateField } from '../model/flow-document.ts'
import { type Command, withNode } from './command.ts'

/** Changes a field of a node: its value, or more of it (`load_from_db`, `advanced`, …). */
export const setField: Command<{
  readonly nodeId: string
  readonly field: string
  readonly change: Partial<TemplateField>
}> = {
  id: 'set-field',
  apply: (document, { nodeId, field, change }) =>
    withNode(document, nodeId, (node) => ({
      ...node,
      data: {
        ...node.data,
        node: {
          ...node.data.node,
          template: { ...node.data.node.template, [field]: { ...node.data.node.template[field], ...change } },
        },
      },
    })),
}
