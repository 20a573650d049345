import { NodeToolbar as FlowToolbar, Position } from '@xyflow/react'
import { Code, Ellipsis, Hammer, SlidersHorizontal, Snowflake } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState, useWorkspaceUi } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import { canBeTool, hasSource } from './node-actions.ts'
import { useNodeMenu } from './node-menu.ts'

/** What is done most with a node, above the one that is selected. */
export const NodeToolbar = memo(function NodeToolbar({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { t } = useTranslation('fields')
  const actions = useActions()
  const menu = useNodeMenu(nodeId)
  const [items, setItems] = useState<readonly MenuItem[]>([])
  const isUnwritten = useWorkspaceUi(({ unwritten }) => unwritten === nodeId)
  const isAlone = useEditorState(({ selection, isLocked }) => selection.nodes.size === 1 && !isLocked)
  const node = useEditorState((state) => nodeOf(state.document, nodeId))
  if (!isAlone || !node) return null
  const component = node.data.node
  const isTool = component.tool_mode === true
  return (
    <FlowToolbar nodeId={nodeId} isVisible position={Position.Top} offset={8}>
      <div
        role="toolbar"
        aria-label={t('toolbar.label', { name: componentText(component.display_name) })}
        className="nodrag nopan flex items-center gap-0.5 rounded-md border border-border bg-surface p-1 shadow-2"
      >
        {hasSource(node) ? (
          <IconButton
            label={t('menu.code')}
            keys={actions.keysOf('code')}
            size="sm"
            tooltipSide="top"
            className={isUnwritten ? 'animate-pulse bg-accent-soft' : ''}
            onClick={() => void actions.perform('code')}
            data-testid="code-button-modal"
          >
            <Code size={14} className={isUnwritten ? 'text-accent' : ''} />
          </IconButton>
        ) : null}
        <IconButton
          label={t('menu.controls')}
          keys={actions.keysOf('controls')}
          size="sm"
          tooltipSide="top"
          onClick={() => void actions.perform('controls')}
          data-testid="edit-button-modal"
        >
          <SlidersHorizontal size={14} />
        </IconButton>
        {canBeTool(node) ? (
          <IconButton
            label={t('menu.toolMode')}
            keys={actions.keysOf('tool-mode')}
            size="sm"
            tooltipSide="top"
            aria-pressed={isTool}
            onClick={() => void actions.perform('tool-mode')}
            data-testid="tool-mode-button"
          >
            <Hammer size={14} className={isTool ? 'text-accent' : ''} />
          </IconButton>
        ) : (
          <IconButton
            label={component.frozen ? t('menu.unfreeze') : t('menu.freeze')}
            keys={actions.keysOf('freeze')}
            size="sm"
            tooltipSide="top"
            aria-pressed={component.frozen === true}
            onClick={() => void actions.perform('freeze')}
            data-testid="freeze-all-button-modal"
          >
            <Snowflake size={14} className={component.frozen ? 'text-frozen' : ''} />
          </IconButton>
        )}
        <Menu items={items} align="start" onOpenChange={(isOpen) => isOpen && setItems(menu())}>
          <IconButton label={t('toolbar.more')} size="sm" tooltipSide="top" data-testid="more-options-modal">
            <Ellipsis size={14} />
          </IconButton>
        </Menu>
      </div>
    </FlowToolbar>
  )
})
