import { Palette } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWorkspace } from '../editor-context.tsx'
import type { FlowNode } from '../model/flow-document.ts'
import { colorItems } from './color-items.tsx'

export interface NoteColorButtonProps {
  readonly note: Pick<FlowNode, 'id' | 'data'>
}

/** Gives a note or a frame another colour. */
export function NoteColorButton({ note }: NoteColorButtonProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  return (
    <Menu items={colorItems(note, editor, t)}>
      <IconButton look="secondary" label={t('note.color')} data-testid="color_picker">
        <Palette size={15} />
      </IconButton>
    </Menu>
  )
}
