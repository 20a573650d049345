import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewKeyDialog } from '../api-keys/new-key-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/switch.tsx'

export interface KeyNoticeProps {
  readonly isNeeded: boolean
  /** The key that is written into the code, if any. */
  readonly value: string | undefined
  readonly onKey: (key: string | undefined) => void
}

/** Says that calls need a key, and makes one. A key that was just made can be written into the code, until the dialog closes. */
export function KeyNotice({ isNeeded, value, onKey }: KeyNoticeProps): ReactNode {
  const { t } = useTranslation('api-access')
  const [made, setMade] = useState<string>()
  const [isOpen, setOpen] = useState(false)
  if (!isNeeded) return <p className="text-sm text-text-muted">{t('key.notNeeded')}</p>
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-surface-muted px-3 py-2 text-sm">
      <KeyRound size={16} className="shrink-0 text-text-muted" />
      <span className="min-w-0 flex-1">{t('key.needed')}</span>
      {made === undefined ? (
        <Button size="sm" onClick={() => setOpen(true)}>
          {t('key.create')}
        </Button>
      ) : (
        <span className="flex items-center gap-2">
          {t('key.insert')}
          <Switch
            checked={value !== undefined}
            label={t('key.insert')}
            onChange={(isOn) => onKey(isOn ? made : undefined)}
          />
        </span>
      )}
      {isOpen ? <NewKeyDialog onCreated={setMade} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}
