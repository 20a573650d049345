import type { TemplateField } from '../model/flow-document.ts'
import { type Command, withNode } from './command.ts'

/** Gives a note another colour: one of Langflow's names. */
export const colorNote: Command<{ readonly nodeId: string; readonly color: string }> = {
  id: 'color-note',
  apply: (document, { nodeId, color }) =>
    withNode(document, nodeId, (node) => {
      // In a note the entry is the name itself, not a field.
      const template = { ...node.data.node.template, backgroundColor: color as unknown as TemplateField }
      return { ...node, data: { ...node.data, node: { ...node.data.node, template } } }
    }),
}
