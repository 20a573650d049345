import type { Editor } from '../editor.ts'
import type { Workspace } from '../editor-context.tsx'
import type { FlowDocument } from '../model/flow-document.ts'
import type { FlowRunner } from '../run/flow-runner.ts'
import { previewWorkspace } from '../versions/preview-workspace.ts'

/** A workspace that shows the graph a run ran. What is run from there is the flow as it is now. */
export const replayWorkspace = (own: Workspace, document: FlowDocument): Workspace => ({
  ...previewWorkspace(own, document),
  own,
  runner: runsAsNow(own.runner, own.editor),
})

/** Runs what the editor holds, whatever graph is asked for: a graph of then is kept without secrets and code. */
export const runsAsNow = (runner: FlowRunner, editor: Pick<Editor, 'getDocument'>): FlowRunner => ({
  ...runner,
  run: (asked) => runner.run({ ...asked, document: editor.getDocument() }),
})
