import type { TFunction } from 'i18next'
import { classNames } from '../../ui/class-names.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { colorNote } from '../commands/color-note.ts'
import type { Editor } from '../editor.ts'
import type { FlowNode } from '../model/flow-document.ts'
import { NOTE_COLORS, noteColor } from './note-colors.ts'

/** What gives a note or a frame another colour, each as it looks. */
export const colorItems = (
  { id, data }: Pick<FlowNode, 'id' | 'data'>,
  editor: Pick<Editor, 'apply'>,
  t: TFunction,
): readonly MenuItem[] =>
  Object.entries(NOTE_COLORS).map(([color, look]) => ({
    label: t(`editor:note.colors.${color}`),
    icon: <span className={classNames('size-4 rounded-full border border-border-strong', look)} />,
    checked: color === noteColor(data),
    onSelect: () => void editor.apply(colorNote, { nodeId: id, color }),
  }))
