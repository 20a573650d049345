import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PaletteDialog } from '../ui/palette-dialog.tsx'
import { PlaceGroups } from './place-groups.tsx'

/** Every place there is, by its name. */
export function PlacesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('common')
  const [search, setSearch] = useState('')
  return (
    <PaletteDialog
      label={t('palette.open')}
      placeholder={t('palette.placeholder')}
      nothing={t('palette.nothing')}
      search={search}
      onSearch={setSearch}
      onClose={onClose}
    >
      <PlaceGroups search={search} onGo={onClose} />
    </PaletteDialog>
  )
}
