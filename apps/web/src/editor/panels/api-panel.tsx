import { type ReactNode, useEffect } from 'react'
import { ApiAccessDialog } from '../../api-access/api-access-dialog.tsx'
import { printPressed, useKeys } from '../actions/shortcuts.ts'
import { isTyping } from '../actions/use-actions.tsx'
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
  // The key that opens it closes it again.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.repeat || !useKeys.getState().api.includes(printPressed(event))) return
      event.preventDefault()
      ui.setState({ dialog: undefined })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [ui])
  return (
    <ApiAccessDialog
      flowId={flowId}
      graph={graph}
      {...(first && { first })}
      onExpose={(nodeId, field, isExposed) =>
        editor.apply(setField, { nodeId, field, change: { api_editable: isExposed } })
      }
      onClose={() => ui.setState({ dialog: undefined })}
    />
  )
}
