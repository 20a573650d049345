import type { TraceSpan } from '@runnel/protocol/monitor'
import { Link } from '@tanstack/react-router'
import { Crosshair } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../../i18n/component-text.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { durationText } from '../../../ui/duration.ts'
import { JsonBlock } from '../../../ui/json-block.tsx'
import { moneyText } from '../../../ui/money.ts'
import { Time } from '../../../ui/time.tsx'

export interface SpanDetailProps {
  readonly span: TraceSpan
  readonly flowId: string
  readonly runId: string
}

/** All that is known of one part of a run. */
export function SpanDetail({ span, flowId, runId }: SpanDetailProps): ReactNode {
  const { t, i18n } = useTranslation('trace')
  const { model, token_usage: usage, cost, retries, duration_ms: ms, node_id: nodeId } = span
  const hasModel = model !== null
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('kind.label'), t(`kind.${span.kind}`)],
    [t('started'), <Time key="started" at={span.started_at} exact />],
    [t('duration'), ms === null ? t('open') : durationText(ms, i18n.language)],
    ...(hasModel ? [[t('model'), `${model.provider} · ${model.model}`] as const] : []),
    ...(usage ? [[t('usage'), t('usageOf', { input: usage.input_tokens, output: usage.output_tokens })] as const] : []),
    ...(usage ? [[t('cost'), cost === null ? t('costUnknown') : moneyText(cost, i18n.language)] as const] : []),
    ...(hasModel || span.kind === 'tool' ? [[t('retries'), retries] as const] : []),
  ]
  return (
    <section
      aria-label={t('detail')}
      className="flex min-w-0 flex-col gap-3 self-start rounded-lg border border-border p-4"
      data-testid="span-detail"
    >
      <div className="flex items-center gap-2">
        <h4 className="min-w-0 flex-1 truncate font-semibold">
          {span.kind === 'flow' ? t('kind.flow') : componentText(span.name)}
        </h4>
        {nodeId === null ? null : (
          <Link
            to="/flow/$flowId"
            params={{ flowId }}
            search={{ run: runId, node: nodeId }}
            className="inline-flex h-6 items-center gap-1 rounded-sm px-1.5 text-xs hover:bg-surface-hover"
            title={nodeId}
          >
            <Crosshair size={12} />
            {t('showNode')}
          </Link>
        )}
        <CopyButton text={JSON.stringify(span, null, 2)} label={t('copySpan')} />
      </div>
      <dl className="grid grid-cols-2 gap-2 text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-text-muted text-xs">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {span.error === null ? null : <JsonBlock label={t('error')} value={span.error} />}
      {hasModel && Object.keys(model.settings).length > 0 ? (
        <JsonBlock label={t('parameters')} value={model.settings} />
      ) : null}
      <JsonBlock label={t('input')} value={span.input} />
      <JsonBlock label={t('output')} value={span.output} />
      {span.logs === null ? null : <JsonBlock label={t('logs')} value={span.logs} />}
    </section>
  )
}
