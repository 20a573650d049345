import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonBlock } from '../../ui/json-block.tsx'
import type { ReplayStop } from './replay.ts'

/** What the node of a stop was given and, once it is done, gave. */
export function ReplayStep({ stop: { kind, step } }: { readonly stop: ReplayStop }): ReactNode {
  const { t } = useTranslation('replay')
  return (
    <details>
      <summary className="min-h-6 w-fit cursor-pointer text-text-muted text-xs leading-6">{t('values')}</summary>
      <div className="grid max-h-60 gap-3 overflow-y-auto pb-2 lg:grid-cols-2">
        <JsonBlock label={t('inputs')} value={step.inputs} />
        {kind === 'end' ? <JsonBlock label={t('outputs')} value={step.error ?? step.outputs} /> : null}
      </div>
    </details>
  )
}
