import type { TFunction } from 'i18next'
import type { MenuItem } from '../../ui/menu.tsx'
import { removeWithHeld } from '../actions/frame-actions.ts'
import type { Actions } from '../actions/use-actions.tsx'
import { colorItems } from '../canvas/color-items.tsx'
import { FRAME_BOUNDS, NOTE_BOUNDS, resizeNode, stepped } from '../commands/resize-node.ts'
import type { FlowNode } from '../model/flow-document.ts'
import { heldBy, isFolded, isFrame } from '../model/frames.ts'
import { actionLines } from './node-menu.ts'

const SIZES = ['wider', 'narrower', 'taller', 'shorter'] as const

/** The menu of a note or a frame. */
export function noteMenu(note: FlowNode, actions: Actions, t: TFunction): readonly MenuItem[] {
  const item = actionLines(actions)
  const { workspace } = actions.context
  const { editor } = workspace
  const { isLocked } = editor.store.getState()
  const colors = {
    label: t('editor:note.color'),
    disabled: isLocked,
    items: colorItems(note, editor, t),
  }
  const bounds = isFrame(note) ? FRAME_BOUNDS : NOTE_BOUNDS
  const size = {
    label: t('menu.size'),
    disabled: isLocked || isFolded(note),
    items: SIZES.map((way) => ({
      label: t(`menu.${way}`),
      testId: `size-${way}`,
      onSelect: () =>
        void editor.apply(resizeNode, {
          nodeId: note.id,
          ...note.position,
          ...stepped(workspace.sizes.of(note), way, bounds),
        }),
    })),
  }
  const copies = [item('duplicate', t('menu.duplicate')), item('copy', t('menu.copy')), item('cut', t('menu.cut'))]
  const deletion = { ...item('delete', t('menu.delete')), danger: true }
  if (!isFrame(note)) {
    return [
      item('rename', t('menu.editNote')),
      colors,
      size,
      'separator',
      ...copies,
      item('docs', t('menu.docs')),
      'separator',
      deletion,
    ]
  }
  return [
    item('rename', t('menu.rename')),
    item('minimise', t(isFolded(note) ? 'menu.unfold' : 'menu.fold')),
    colors,
    size,
    {
      label: t('menu.selectHeld'),
      onSelect: () => editor.select({ nodes: heldBy(editor.getDocument(), note), edges: new Set() }),
    },
    'separator',
    ...copies,
    'separator',
    deletion,
    {
      label: t('menu.deleteHeld'),
      danger: true,
      disabled: isLocked,
      testId: 'delete-with-content',
      onSelect: () => removeWithHeld(workspace, note.id),
    },
  ]
}
