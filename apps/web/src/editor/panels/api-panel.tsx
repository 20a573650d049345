import type { ReactNode } from 'react'
import { ApiAccessDialog } from '../../api-access/api-access-dialog.tsx'
import { readFlowInputs } from '../../api-access/flow-inputs.ts'
import { setField } from '../commands/set-field.ts'
import { useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'

export interface ApiPanelProps {
  readonly flowId: string
  /** What is shown first; what was shown last unless said. */
  readonly first?: 'embed'
}

/** How programs call the open flow. What a caller may set is changed on the canvas, and undone there. */
export function ApiPanel({ flowId, first }: ApiPanelProps): ReactNode {
  const { editor, ui } = useWorkspace()
  const draft = useFromFlow((document) => readFlowInputs(document))
  return (
    <ApiAccessDialog
      flowId={flowId}
      draft={draft}
      {...(first && { first })}
      onMark={(nodeId, field, marks) => editor.apply(setField, { nodeId, field, change: { ...marks } })}
      onClose={() => ui.setState({ dialog: undefined })}
    />
  )
}
