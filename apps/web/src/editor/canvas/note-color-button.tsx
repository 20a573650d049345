import { Palette } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { colorNote } from '../commands/color-note.ts'
import { useWorkspace } from '../editor-context.tsx'
import { NOTE_COLORS } from './note-colors.ts'

export interface NoteColorButtonProps {
  readonly nodeId: string
  readonly chosen: string
}

/** Gives a note or a frame another colour. */
export function NoteColorButton({ nodeId, chosen }: NoteColorButtonProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  return (
    <Menu
      items={Object.keys(NOTE_COLORS).map((name) => ({
        label: t(`note.colors.${name}`),
        checked: name === chosen,
        onSelect: () => void editor.apply(colorNote, { nodeId, color: name }),
      }))}
    >
      <IconButton look="secondary" label={t('note.color')} data-testid="color_picker">
        <Palette size={15} />
      </IconButton>
    </Menu>
  )
}
