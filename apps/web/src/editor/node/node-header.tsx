import { MessageSquareText, Pencil } from 'lucide-react'
import { memo, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { lazily } from '../../ui/lazily.ts'
import { Badge } from '../../ui/status.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { ComponentNode } from '../model/flow-document.ts'
import { accountField } from './account-answer.ts'
import { NodeButton } from './node-button.tsx'
import { NodeNameEditor } from './node-name-editor.tsx'
import { NodeStatus } from './node-status.tsx'

const NodeAccount = lazily(async () => (await import('./node-account.tsx')).NodeAccount)

export interface NodeHeaderProps {
  readonly nodeId: string
  readonly node: ComponentNode
  readonly isMinimised: boolean
  readonly isSelected: boolean
}

/** Icon, name, marks and state of a node. A double click on the name edits it, as the pencil of a selected node does. */
export const NodeHeader = memo(function NodeHeader(props: NodeHeaderProps): ReactNode {
  const { nodeId, node, isMinimised, isSelected } = props
  const { t } = useTranslation('fields')
  const { ui } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const isRenaming = useWorkspaceUi(({ nodePanel }) => nodePanel?.nodeId === nodeId && nodePanel.panel === 'rename')
  const rename = (): void => {
    if (!isLocked) ui.setState({ nodePanel: { nodeId, panel: 'rename' } })
  }
  const name = componentText(node.display_name)
  if (isRenaming) {
    return <NodeNameEditor nodeId={nodeId} node={node} onDone={() => ui.setState({ nodePanel: undefined })} />
  }
  return (
    <header className="node-head flex items-center gap-2 px-3 py-2.5" data-testid={`title-${node.display_name}`}>
      <span data-testid={`icon-${node.icon ?? ''}`} className="node-icon flex">
        <ComponentIcon name={node.icon} size={18} />
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 and the toolbar do the same for the keyboard */}
      <span
        className="node-name min-w-0 truncate font-semibold text-sm"
        title={name}
        data-testid="generic-node-title-arrangement"
        onDoubleClick={(event) => {
          event.stopPropagation()
          rename()
        }}
      >
        {name}
      </span>
      {isSelected && !isLocked ? (
        <NodeButton
          label={t('node.edit')}
          className="nodrag -ml-1"
          data-testid="edit-name-description-button"
          onClick={rename}
        >
          <Pencil size={12} />
        </NodeButton>
      ) : null}
      <span className="flex-1" />
      {node.beta ? <Badge tone="info">{t('node.beta')}</Badge> : null}
      {node.legacy && !isMinimised ? <Badge tone="warning">{t('node.legacy')}</Badge> : null}
      {node.edited === true ? <Badge tone="accent">{t('node.custom')}</Badge> : null}
      {node.disabled ? (
        <Badge className="whitespace-nowrap">{t(node.disabled === 'pass' ? 'node.passing' : 'node.disabled')}</Badge>
      ) : null}
      {node.notes ? (
        <NodeButton
          label={t('menu.editComment')}
          className="nodrag"
          data-testid="node-comment"
          onClick={() => ui.setState({ rightPanel: 'inspector', commented: nodeId })}
        >
          <MessageSquareText size={13} />
        </NodeButton>
      ) : null}
      {accountField(node) ? (
        <Suspense fallback={null}>
          <NodeAccount nodeId={nodeId} />
        </Suspense>
      ) : null}
      {node.pinned_outputs ? <Badge tone="info">{t('node.pinned')}</Badge> : null}
      <NodeStatus nodeId={nodeId} name={node.display_name} isOff={node.disabled !== undefined} />
    </header>
  )
})
