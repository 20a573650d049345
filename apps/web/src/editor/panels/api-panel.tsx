import type { ReactNode } from 'react'
import { ApiAccessDialog } from '../../api-access/api-access-dialog.tsx'
import { setField } from '../commands/set-field.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'

export interface ApiPanelProps {
  readonly flowId: string
  /** What is shown first; what was shown last unless said. */
  readonly first?: 'embed'
}

/** How programs call the open flow. What a caller may set is changed on the canvas, and undone there. */
export function ApiPanel({ flowId, first }: ApiPanelProps): ReactNode {
  const { editor, ui } = useWorkspace()
  const graph = useEditorState(({ document }) => document)
  return (
    <ApiAccessDialog
      flowId={flowId}
      graph={graph}
      {...(first && { first })}
      onMark={(nodeId, field, marks) => editor.apply(setField, { nodeId, field, change: { ...marks } })}
      onClose={() => ui.setState({ dialog: undefined })}
    />
  )
}
