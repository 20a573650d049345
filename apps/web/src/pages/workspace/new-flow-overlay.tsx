import { type FlowRead, putFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { FilePlus, LayoutGrid } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { exampleFlowsQuery } from '../../api/example-flows.ts'
import { flowOfTemplate } from '../../flows/new-flow.ts'
import { Button } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import { notifyError } from '../../ui/notifications.tsx'
import { FailedPart, Skeleton } from '../../ui/status.tsx'
import { TemplateCard } from '../templates/template-card.tsx'
import { OFFERED_AT_FIRST, visibleTemplates } from '../templates/templates.ts'
import { DescribeBox } from './describe/describe-box.tsx'
import type { FlowNaming } from './describe/use-flow-plan.ts'

const NewFlowDialog = lazily(async () => (await import('../templates/new-flow-dialog.tsx')).NewFlowDialog)

export interface NewFlowOverlayProps {
  /** The flow the canvas is empty of. */
  readonly flow: FlowRead
  /** The flow has become one made from a template, and is stored. */
  readonly onMade: (flow: FlowRead) => void
  readonly onBlank: () => void
  /** The flow is drawn as it was described; it is to be called so, unless nothing was said of that. */
  readonly onDescribed: (naming: FlowNaming | undefined) => void
}

/** What a new flow may begin with, over its empty canvas. */
export function NewFlowOverlay({ flow, onMade, onBlank, onDescribed }: NewFlowOverlayProps): ReactNode {
  const { t, i18n } = useTranslation('templates')
  const query = useQuery(exampleFlowsQuery(i18n.language))
  const { data: templates } = query
  const [isBrowsing, setBrowsing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const offered = visibleTemplates(templates ?? [], { category: 'get-started', search: '' }).slice(0, OFFERED_AT_FIRST)

  async function begin(template: FlowRead): Promise<void> {
    if (isBusy) return
    setBusy(true)
    try {
      const body = flowOfTemplate(template, flow.folder_id ?? undefined)
      onMade(await client.call(putFlow, { params: { flow_id: flow.id }, query: { rename: true }, body }))
    } catch (error) {
      notifyError(t('newFlow.failed'), error)
      setBusy(false)
    }
  }
  return (
    <section
      aria-label={t('newFlow.question')}
      data-testid="new-flow-overlay"
      className="-translate-1/2 absolute top-[calc(50%-1.75rem)] left-1/2 z-10 flex max-h-[calc(100%-6rem)] w-[min(56rem,calc(100%-2rem))] flex-col gap-4 overflow-y-auto rounded-xl border border-border bg-surface p-5 shadow-2"
    >
      <h2 className="font-semibold text-lg">{t('newFlow.question')}</h2>
      <DescribeBox onBuilt={onDescribed} />
      <p className="text-sm text-text-muted">{t('newFlow.orTemplate')}</p>
      <FailedPart title={t('newFlow.unread')} query={query} />
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3" aria-busy={isBusy}>
        {templates
          ? offered.map((template) => (
              <li key={template.id}>
                <TemplateCard flow={template} onChoose={() => void begin(template)} />
              </li>
            ))
          : query.isPending &&
            Array.from({ length: OFFERED_AT_FIRST }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places of nothing yet
              <li key={place}>
                <Skeleton className="h-56" />
              </li>
            ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => setBrowsing(true)} data-testid="browse-templates">
          <LayoutGrid size={16} />
          {t('newFlow.browse')}
        </Button>
        <span className="flex-1" />
        <span className="text-sm text-text-muted">{t('newFlow.unstored')}</span>
        <Button look="primary" onClick={onBlank} data-testid="blank-flow">
          <FilePlus size={16} />
          {t('newFlow.blank')}
        </Button>
      </div>
      <Suspense fallback={null}>
        {isBrowsing ? (
          <NewFlowDialog
            onChoose={(template) => void begin(template)}
            onBlank={onBlank}
            onClose={() => setBrowsing(false)}
          />
        ) : null}
      </Suspense>
    </section>
  )
}
