import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  Copy,
  Frame,
  Group,
  type LucideIcon,
  PowerOff,
  Snowflake,
  Trash2,
  Wand,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import type { ActionId } from '../actions/shortcuts.ts'
import { useActions } from '../actions/use-actions.tsx'
import { rectOf } from '../canvas/node-sizes.ts'
import { type Arrangement, arranged } from '../commands/arrange.ts'
import { moveNodes } from '../commands/move-nodes.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'

const ARRANGEMENTS: readonly (readonly [Arrangement, LucideIcon])[] = [
  ['left', AlignStartVertical],
  ['center', AlignCenterVertical],
  ['right', AlignEndVertical],
  ['top', AlignStartHorizontal],
  ['middle', AlignCenterHorizontal],
  ['bottom', AlignEndHorizontal],
  ['columns', AlignHorizontalSpaceAround],
  ['rows', AlignVerticalSpaceAround],
]

const TOGGLES: readonly (readonly [ActionId, LucideIcon])[] = [
  ['frame', Frame],
  ['tidy', Wand],
  ['freeze', Snowflake],
  ['disable', PowerOff],
]

/** What can be done with several nodes at once. */
export function SelectionBar(): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, sizes } = useWorkspace()
  const actions = useActions()
  const chosen = useEditorState((state) => state.selection.nodes)
  const arrange = (how: Arrangement): void => {
    const boxes = editor
      .getDocument()
      .nodes.filter(({ id }) => chosen.has(id))
      .map((node) => ({ id: node.id, ...rectOf(node, sizes) }))
    editor.apply(moveNodes, { positions: arranged(boxes, how) })
  }
  return (
    <div
      role="toolbar"
      aria-label={t('selection.label')}
      className="-translate-x-1/2 absolute top-3 left-1/2 z-10 flex items-center gap-0.5 rounded-md border border-border bg-surface p-1 shadow-2"
    >
      <span className="whitespace-nowrap px-2 text-sm text-text-muted">
        {t('selection.count', { count: chosen.size })}
      </span>
      <Button size="sm" data-testid="group-node" onClick={() => void actions.perform('group')}>
        <Group size={14} />
        {t('selection.group')}
      </Button>
      {ARRANGEMENTS.map(([how, Icon]) => (
        <IconButton key={how} size="sm" label={t(`arrange.${how}`)} onClick={() => arrange(how)}>
          <Icon size={14} />
        </IconButton>
      ))}
      {TOGGLES.map(([action, Icon]) => (
        <IconButton
          key={action}
          size="sm"
          label={t(`actions.${action}`)}
          keys={actions.keysOf(action)}
          onClick={() => void actions.perform(action)}
        >
          <Icon size={14} />
        </IconButton>
      ))}
      <IconButton
        size="sm"
        label={t('actions.duplicate')}
        keys={actions.keysOf('duplicate')}
        onClick={() => void actions.perform('duplicate')}
      >
        <Copy size={14} />
      </IconButton>
      <IconButton
        size="sm"
        label={t('actions.delete')}
        keys={actions.keysOf('delete')}
        onClick={() => void actions.perform('delete')}
      >
        <Trash2 size={14} />
      </IconButton>
    </div>
  )
}
