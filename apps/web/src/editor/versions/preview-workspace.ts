import { client } from '../../api/client.ts'
import { createNodeSizes } from '../canvas/node-sizes.ts'
import { createEditor } from '../editor.ts'
import type { Workspace } from '../editor-context.tsx'
import { createNodeRefresh } from '../fields/node-refresh.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { createFlowRunner } from '../run/flow-runner.ts'

/** A workspace that shows another state of a flow: it can be looked at, and nothing of it is changed or saved. */
export function previewWorkspace(own: Workspace, document: FlowDocument): Workspace {
  // Locked for good: the lock of the flow is no business of a version.
  const editor = { ...createEditor({ document, isLocked: true }), setLocked: () => undefined }
  return {
    ...own,
    editor,
    runner: createFlowRunner(own.flowId),
    refresh: createNodeRefresh({ editor, client }),
    sizes: createNodeSizes(),
  }
}
