import { useStore } from '@xyflow/react'
import { ChevronsDownUp, ChevronsUpDown, Keyboard, ListTree, Lock, LockOpen, StickyNote, Wand } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { ActionId } from '../actions/shortcuts.ts'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState } from '../editor-context.tsx'
import { isAllFolded } from '../model/flow-document.ts'
import { remember, useRemembered } from '../remembered.ts'
import { useSnapEntries } from './snap-entries.ts'

/** Zoom and view, at the foot of the canvas. */
export function CanvasControls({ onLock }: { readonly onLock?: (isLocked: boolean) => void }): ReactNode {
  const { t } = useTranslation('editor')
  const actions = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const isAnySelected = useEditorState(({ selection }) => selection.nodes.size > 0)
  const foldAll: ActionId = useEditorState(({ document }) => isAllFolded(document)) ? 'expand-all' : 'minimise-all'
  const { edgeValues, nodeFacts } = useRemembered()
  const snapEntries = useSnapEntries()
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100))
  const least = useStore(({ minZoom }) => Math.round(minZoom * 100))
  const entry = (id: ActionId, testId: string, disabled = false) => ({
    label: t(`actions.${id}`),
    keys: actions.keysOf(id),
    testId,
    disabled,
    onSelect: () => void actions.perform(id),
  })
  return (
    <div className="absolute bottom-3 left-3 z-10 flex items-center gap-0.5 rounded-md border border-border bg-surface p-0.5 shadow-1">
      <Menu
        align="start"
        side="top"
        items={[
          entry('zoom-in', 'zoom_in', zoom >= 200),
          entry('zoom-out', 'zoom_out', zoom <= least),
          entry('zoom-100', 'reset_zoom'),
          entry('zoom-fit', 'fit_view'),
          entry('zoom-selection', 'zoom_selection', !isAnySelected),
          'separator',
          {
            label: t('controls.edgeValues'),
            checked: edgeValues,
            testId: 'show-edge-values',
            onSelect: () => remember({ edgeValues: !edgeValues }),
          },
          {
            label: t('controls.nodeFacts'),
            checked: nodeFacts,
            testId: 'show-node-facts',
            onSelect: () => remember({ nodeFacts: !nodeFacts }),
          },
          ...snapEntries,
        ]}
      >
        <button
          type="button"
          data-testid="canvas_controls_dropdown"
          aria-label={t('controls.zoom', { percent: zoom })}
          className="h-8 min-w-14 rounded-md px-2 text-sm text-text-muted hover:bg-surface-hover"
        >
          {zoom} %
        </button>
      </Menu>
      <IconButton
        label={t('actions.note')}
        keys={actions.keysOf('note')}
        tooltipSide="top"
        disabled={isLocked}
        data-testid="add_note"
        onClick={() => void actions.perform('note')}
      >
        <StickyNote size={15} />
      </IconButton>
      <IconButton
        label={t('actions.tidy')}
        keys={actions.keysOf('tidy')}
        tooltipSide="top"
        disabled={isLocked}
        onClick={() => void actions.perform('tidy')}
      >
        <Wand size={15} />
      </IconButton>
      <IconButton
        label={t(`actions.${foldAll}`)}
        keys={actions.keysOf(foldAll)}
        tooltipSide="top"
        disabled={isLocked}
        data-testid="fold_all"
        onClick={() => void actions.perform(foldAll)}
      >
        {foldAll === 'expand-all' ? <ChevronsUpDown size={15} /> : <ChevronsDownUp size={15} />}
      </IconButton>
      <IconButton
        label={t('actions.outline')}
        keys={actions.keysOf('outline')}
        tooltipSide="top"
        onClick={() => void actions.perform('outline')}
      >
        <ListTree size={15} />
      </IconButton>
      {onLock ? (
        <IconButton
          label={t(isLocked ? 'controls.unlock' : 'controls.lock')}
          tooltipSide="top"
          aria-pressed={isLocked}
          data-testid="lock-flow"
          onClick={() => onLock(!isLocked)}
        >
          {isLocked ? <Lock size={15} /> : <LockOpen size={15} />}
        </IconButton>
      ) : null}
      <IconButton
        label={t('actions.shortcuts')}
        keys={actions.keysOf('shortcuts')}
        tooltipSide="top"
        onClick={() => void actions.perform('shortcuts')}
      >
        <Keyboard size={15} />
      </IconButton>
    </div>
  )
}
