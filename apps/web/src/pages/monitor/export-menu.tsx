import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { Menu } from '../../ui/menu.tsx'

export interface ExportMenuProps {
  /** What the file is called, without its ending. */
  readonly name: string
  readonly make: (format: 'csv' | 'jsonl') => Promise<Blob>
  readonly disabled: boolean
}

/** Saves a whole list, of which a page shows a part, as a file other programs read. */
export function ExportMenu({ name, make, disabled }: ExportMenuProps): ReactNode {
  const { t } = useTranslation('monitor')
  const save = (format: 'csv' | 'jsonl'): Promise<boolean> =>
    attempt(t('failed'), async () => saveFile(await make(format), `${name}.${format}`))
  return (
    <Menu
      items={[
        { label: 'CSV', onSelect: () => void save('csv') },
        { label: 'JSON Lines', onSelect: () => void save('jsonl') },
      ]}
    >
      <Button disabled={disabled}>
        <Download size={14} />
        {t('export')}
      </Button>
    </Menu>
  )
}
