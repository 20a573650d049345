import { ChevronDown, Upload } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FLOW_FILES } from '../../flows/flow-files.ts'
import { Button } from '../../ui/button.tsx'
import { chooseFiles } from '../../ui/file-drop.tsx'
import { lazily } from '../../ui/lazily.ts'
import { Menu } from '../../ui/menu.tsx'

const ImportAddressDialog = lazily(
  async () => (await import('../../flows/import-address-dialog.tsx')).ImportAddressDialog,
)

/** Brings flows in: from files, or, by the arrow beside it, from an address. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => Promise<void> }): ReactNode {
  const { t } = useTranslation('home')
  const [isAsking, setAsking] = useState(false)
  const choose = (): void => chooseFiles(FLOW_FILES, (files) => void onFiles(files))
  return (
    <div className="flex">
      <Button data-testid="upload-flow-btn" className="rounded-r-none" onClick={choose}>
        <Upload size={16} />
        {t('import')}
      </Button>
      <Menu
        align="end"
        items={[
          { label: t('importFile'), onSelect: choose },
          { label: t('importAddress'), testId: 'import-from-address', onSelect: () => setAsking(true) },
        ]}
      >
        <Button aria-label={t('importFrom')} data-testid="import-menu" className="-ml-px rounded-l-none px-1.5">
          <ChevronDown size={15} />
        </Button>
      </Menu>
      {isAsking ? (
        <Suspense fallback={null}>
          <ImportAddressDialog
            onClose={() => setAsking(false)}
            onFlows={(flows) => onFiles([new File([JSON.stringify({ flows })], 'flows.json')])}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
