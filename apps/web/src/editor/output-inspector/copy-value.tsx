import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { notify } from '../../ui/notifications.tsx'

/** Copies a value of a run, as text. */
export function CopyValue({ text }: { readonly text: string }): ReactNode {
  const { t } = useTranslation('fields')
  return (
    <Button
      size="sm"
      data-testid="copy-output-button"
      onClick={() => void copyText(text).then(() => notify('success', t('output.copied')))}
    >
      {t('copy')}
    </Button>
  )
}
