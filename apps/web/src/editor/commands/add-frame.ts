import type { FlowNode } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Adds a frame made by `newFrame`, below everything else. */
export const addFrame: Command<{ readonly frame: FlowNode }> = {
  id: 'add-frame',
  apply: (document, { frame }) => ({ ...document, nodes: [frame, ...document.nodes] }),
}
