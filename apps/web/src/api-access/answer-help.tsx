import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import type { Mode } from './call.ts'

interface Answer {
  /** Each as it comes, with what it is called where there are several. */
  readonly shown: readonly { readonly code: string; readonly step?: 'start' | 'poll' | 'stop' | 'whole' | 'pieces' }[]
  /** A line that gets at the text. */
  readonly extractor?: string
}

const RUN: Answer = {
  shown: [
    {
      code: `{
  "session_id": "…",
  "outputs": [
    {
      "inputs": { "input_value": "hello world!" },
      "outputs": [
        { "results": { "message": { "text": "…" } }, "component_id": "ChatOutput-…" }
      ]
    }
  ]
}`,
    },
  ],
  extractor: 'answer.outputs[0].outputs[0].results.message.text',
}

const STARTED =
  '{ "message": "Task started in the background", "status": "in progress", "task_id": "…", "flow_id": "…" }'

const ANSWERS: Readonly<Record<Mode, Answer>> = {
  run: RUN,
  upload: RUN,
  stream: {
    shown: [
      {
        code: `{"event": "add_message", "data": {…}}
{"event": "token", "data": {"chunk": "Hel", "id": "…"}}
{"event": "token", "data": {"chunk": "lo", "id": "…"}}
{"event": "end", "data": {"result": {…}}}`,
      },
    ],
    extractor: 'event.data.result.outputs[0].outputs[0].results.message.text',
  },
  webhook: { shown: [{ code: STARTED }] },
  background: {
    shown: [
      {
        step: 'start',
        code: '{ "job_id": "…", "flow_id": "…", "object": "job", "status": "queued", "links": {…} }',
      },
      {
        step: 'poll',
        code: `{
  "job_id": "…",
  "object": "response",
  "status": "completed",
  "output": { "reason": "single", "text": "…", "source": "ChatOutput-…" },
  "outputs": { "ChatOutput-…": { "type": "message", "content": "…" } }
}`,
      },
      { step: 'stop', code: '{ "job_id": "…", "message": "Job … cancelled successfully." }' },
    ],
    extractor: 'answer.output.text',
  },
  openai: {
    shown: [
      {
        step: 'whole',
        code: `{
  "id": "…",
  "object": "response",
  "output": [
    { "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": "…" }] }
  ],
  "usage": { "input_tokens": 12, "output_tokens": 6, "total_tokens": 18 }
}`,
      },
      {
        step: 'pieces',
        code: `data: {"id": "…", "object": "response.chunk", "delta": {"content": "Hel"}, "status": null}

data: {"id": "…", "object": "response.chunk", "delta": {"content": "lo"}, "status": null}

data: {"id": "…", "object": "response.chunk", "delta": {}, "status": "completed"}

event: response.completed
data: {"type": "response.completed", "response": {…}}

data: [DONE]`,
      },
    ],
    extractor: 'answer.output.at(-1).content[0].text',
  },
}

/** What comes back, and the way to the text in it. */
export function AnswerHelp({ mode }: { readonly mode: Mode }): ReactNode {
  const { t } = useTranslation('api-access')
  const { shown, extractor } = ANSWERS[mode]
  return (
    <details className="rounded-lg border border-border p-3">
      <summary className="min-h-6 cursor-pointer font-medium text-sm leading-6">{t('answer.title')}</summary>
      <div className="flex flex-col gap-3 pt-3">
        {shown.map(({ step, code }) => (
          <CodeBlock
            key={step ?? 'all'}
            label={t('answer.title')}
            title={step ? t(`step.${step}`) : undefined}
            code={code}
          />
        ))}
        {extractor === undefined ? null : (
          <CodeBlock label={t('answer.path')} title={t('answer.path')} code={extractor} />
        )}
        <ul className="list-disc pl-5 text-sm text-text-muted">
          <li>{t('answer.refused')}</li>
          <li>{t('answer.invalid')}</li>
          <li>{t('answer.busy')}</li>
        </ul>
      </div>
    </details>
  )
}
