import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/input.tsx'
import { readFrameSites } from './frame-sites.ts'
import { useSharing } from './use-sharing.ts'

/** The sites whose pages may show the chat inside of theirs; nobody else's browser draws it there. */
export function FrameSitesForm({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useTranslation('api-access')
  const { sharing, change } = useSharing(flowId)
  const [typed, setTyped] = useState<string>()
  if (!sharing) return null
  const stored = sharing.embedded_in.join('\n')
  const text = typed ?? stored
  const read = readFrameSites(text)
  return (
    <form
      className="flex max-w-xl flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.kind !== 'sites') return
        void change({ embedded_in: [...read.sites] }).then((isKept) => isKept && setTyped(undefined))
      }}
    >
      <div className="w-full">
        <Field
          label={t('embed.sites')}
          hint={t('embed.sitesHint')}
          error={read.kind === 'problem' ? t('embed.noSite', { line: read.line }) : undefined}
        >
          <TextArea
            rows={2}
            value={text}
            spellCheck={false}
            placeholder="https://shop.example"
            className="field-sizing-content font-mono text-xs"
            onChange={(event) => setTyped(event.target.value)}
            data-testid="embed-sites"
          />
        </Field>
      </div>
      <Button type="submit" size="sm" disabled={read.kind === 'problem' || text === stored} data-testid="save-sites">
        {t('embed.saveSites')}
      </Button>
    </form>
  )
}
