import type { FlowDocument } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Takes the whole graph of an earlier version, as one step that can be undone. */
export const restoreVersion: Command<{ readonly version: FlowDocument }> = {
  id: 'restore-version',
  apply: (_, { version }) => version,
}
