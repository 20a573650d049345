import { type TraceExporter, testTraceExporter } from '@runnel/protocol/trace-exporters'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../../api/client.ts'
import { traceExportersQuery } from '../../api/trace-exporters.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { durationText } from '../../ui/duration.ts'
import { Badge, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

/** The tools traces of runs are sent to, and how that goes; for superusers. */
export function ExportersPage(): ReactNode {
  const { t } = useTranslation('exporters')
  const { data, error, isPending, refetch } = useQuery(traceExportersQuery)
  return (
    <div className="flex flex-col gap-3 pb-8">
      <p className="max-w-3xl text-sm text-text-muted">{t('about')}</p>
      {data?.deactivated ? (
        <p role="status" className="text-sm text-warning">
          {t('deactivated')}
        </p>
      ) : null}
      {data && !data.with_content ? <p className="text-sm text-text-muted">{t('withoutContent')}</p> : null}
      {isPending ? <TableSkeleton /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Table label={t('title')}>
          <HeadRow>
            <Head>{t('tool')}</Head>
            <Head>{t('state')}</Head>
            <Head>{t('last')}</Head>
            <Head className="text-right">{t('sent')}</Head>
            <Head className="text-right">{t('waiting')}</Head>
            <Head className="text-right">{t('lost')}</Head>
            <Head>{t('test')}</Head>
          </HeadRow>
          <tbody>
            {data.exporters.map((exporter) => (
              <ExporterRow key={exporter.id} exporter={exporter} />
            ))}
          </tbody>
        </Table>
      ) : null}
      <p className="text-text-muted text-xs">{t('sinceStart')}</p>
    </div>
  )
}

const NUMBER = 'text-right tabular-nums'

function ExporterRow({ exporter }: { readonly exporter: TraceExporter }): ReactNode {
  const { t, i18n } = useTranslation('exporters')
  const { id, name, configured, url, variables, last, sent, waiting, lost } = exporter
  const number = (value: number): string => (configured ? value.toLocaleString(i18n.language) : '–')
  return (
    <Row data-testid={`exporter-${id}`}>
      <Cell>
        <div className="font-medium">{name}</div>
        {/* Names of variables are copied from here: a line ends between them, an address anywhere. */}
        <div className={classNames('min-w-48 text-text-muted text-xs', url === null ? '' : 'break-all')}>
          {url ?? t('variables', { names: namesOf(variables, t('or')) })}
        </div>
      </Cell>
      <Cell>
        <Badge tone={configured ? 'success' : 'neutral'} className="whitespace-nowrap">
          {configured ? t('configured') : t('notConfigured')}
        </Badge>
      </Cell>
      <Cell>{last ? <Outcome at={last.at} ok={last.ok} error={last.error} /> : '–'}</Cell>
      <Cell className={NUMBER}>{number(sent)}</Cell>
      <Cell className={NUMBER}>{number(waiting)}</Cell>
      <Cell className={NUMBER}>{number(lost)}</Cell>
      <Cell>{configured ? <TestButton exporter={exporter} /> : null}</Cell>
    </Row>
  )
}

interface OutcomeProps {
  readonly at: string
  readonly ok: boolean
  readonly error: string | null
}

function Outcome({ at, ok, error }: OutcomeProps): ReactNode {
  const { t } = useTranslation('exporters')
  return (
    <div className="flex max-w-96 flex-col items-start gap-0.5">
      <span className="flex items-center gap-2">
        <Badge tone={ok ? 'success' : 'danger'}>{ok ? t('ok') : t('failed')}</Badge>
        <Time at={at} />
      </span>
      {error === null ? null : <span className="break-words text-danger text-xs">{error}</span>}
    </div>
  )
}

function TestButton({ exporter: { id, name } }: { readonly exporter: TraceExporter }): ReactNode {
  const { t, i18n } = useTranslation('exporters')
  const test = useMutation({
    mutationFn: () => client.call(testTraceExporter, { params: { exporter_id: id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: traceExportersQuery.queryKey }),
  })
  const answer = test.data
  return (
    <div className="flex flex-col items-start gap-1">
      <Button size="sm" aria-label={t('testOf', { name })} disabled={test.isPending} onClick={() => test.mutate()}>
        {t('test')}
      </Button>
      <span role="status" className="text-xs">
        {answer?.ok ? (
          <span className="text-success">
            {t('answered', { time: durationText(answer.duration_ms, i18n.language) })}
          </span>
        ) : null}
        {answer && !answer.ok ? <span className="text-danger">{t('failed')}</span> : null}
        {test.error ? <span className="text-danger">{test.error.message}</span> : null}
      </span>
    </div>
  )
}

/** `A + B`, and where any one will do `A or B`. */
const namesOf = (variables: TraceExporter['variables'], or: string): string =>
  variables.map((group) => group.join(` ${or} `)).join(' + ')
