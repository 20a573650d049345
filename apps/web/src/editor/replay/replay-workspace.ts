import type { Workspace } from '../editor-context.tsx'
import type { FlowDocument } from '../model/flow-document.ts'
import { previewWorkspace } from '../versions/preview-workspace.ts'

/**
 * A workspace that shows the graph a run ran. What is run from there is the flow as it is now: the graph of then is
 * kept without secrets and code.
 */
export function replayWorkspace(own: Workspace, document: FlowDocument): Workspace {
  const { runner, editor } = own
  return {
    ...previewWorkspace(own, document),
    runner: { ...runner, run: (asked) => runner.run({ ...asked, document: editor.getDocument() }) },
  }
}
