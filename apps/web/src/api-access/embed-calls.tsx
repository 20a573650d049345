import type { FlowRead } from '@runnel/protocol/flows'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { embedFrame } from '../playground/share/embed-frame.ts'
import { FrameSitesForm } from '../playground/share/frame-sites-form.tsx'
import { CodeBlock } from '../ui/code-block.tsx'

/** The flow's chat as a part of another page. */
export function EmbedCalls({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('api-access')
  return (
    <>
      {flow.access_type === 'PUBLIC' ? null : (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">{t('embed.closed')}</p>
      )}
      <CodeBlock label={t('code')} title="HTML" code={embedFrame(flow, location.origin)} testId="embed-code" />
      <FrameSitesForm flowId={flow.id} />
    </>
  )
}
