import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../ui/table.tsx'

const ANSWER = `{
  "output": "…",
  "total_time": 9.31,
  "session_id": "…",
  "run_id": "…",
  "version": 1
}`

const EVENTS = `event:msg
data:{"Node":"ChatInput-…","Msg":"start","Type":"start","Data":{"text":"Hello"}}

event:msg
data:{"Node":"LanguageModel-…","Msg":"Start node …","Type":"start_node","Data":null}

event:stream
data:{"Content":"Hel","Node":"LanguageModel-…","Reasoning":null}

event:msg
data:{"Node":"LanguageModel-…","Msg":"Finish node …","Type":"finish_node","Data":{"time_spend":1.24}}

event:output
data:{"output":"…","total_time":9.31}`

const FAILURE = `event:error
data:{"Node":"LanguageModel-…","Msg":"…","Type":"error","Data":{"code":"node_failed","time_spend":0.4}}`

/** What callers do about each kind of status. */
const STATUSES = ['400', '401', '404', '429', '5xx'] as const

/** What the workflow API answers, plain and streamed, and what to do about what goes wrong. */
export function PublishedHelp(): ReactNode {
  const { t } = useTranslation('api-access')
  return (
    <details className="rounded-lg border border-border p-3" data-testid="workflow-answers">
      <summary className="min-h-6 cursor-pointer font-medium text-sm leading-6">{t('answer.title')}</summary>
      <div className="flex flex-col gap-3 pt-3">
        <CodeBlock label={t('step.whole')} title={t('step.whole')} code={ANSWER} />
        <p className="text-sm text-text-muted">{t('published.answer')}</p>
        <CodeBlock label={t('answer.path')} title={t('answer.path')} code="answer.output" />
        <CodeBlock label={t('step.pieces')} title={t('step.pieces')} code={EVENTS} />
        <p className="text-sm text-text-muted">{t('published.events')}</p>
        <CodeBlock label={t('published.failure')} title={t('published.failure')} code={FAILURE} />
        <Table label={t('published.statuses')}>
          <HeadRow>
            <Head>{t('published.status')}</Head>
            <Head>{t('published.advice')}</Head>
          </HeadRow>
          <tbody>
            {STATUSES.map((status) => (
              <Row key={status}>
                <Cell className="font-mono">{status}</Cell>
                <Cell>{t(`published.on.${status}`)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  )
}
