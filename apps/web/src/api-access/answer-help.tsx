import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import type { Mode } from './call.ts'

const ANSWER = `{
  "session_id": "…",
  "outputs": [
    {
      "inputs": { "input_value": "hello world!" },
      "outputs": [
        { "results": { "message": { "text": "…" } }, "component_id": "ChatOutput-…" }
      ]
    }
  ]
}`
const STREAM = `{"event": "add_message", "data": {…}}
{"event": "token", "data": {"chunk": "Hel", "id": "…"}}
{"event": "token", "data": {"chunk": "lo", "id": "…"}}
{"event": "end", "data": {"result": {…}}}`
const EXTRACTOR = 'answer.outputs[0].outputs[0].results.message.text'

/** What comes back, and the way to the text in it. */
export function AnswerHelp({ mode }: { readonly mode: Mode }): ReactNode {
  const { t } = useTranslation('api-access')
  const isStream = mode === 'stream'
  return (
    <details className="rounded-lg border border-border p-3">
      <summary className="min-h-6 cursor-pointer font-medium text-sm">{t('answer.title')}</summary>
      <div className="flex flex-col gap-3 pt-3">
        <CodeBlock label={t('answer.title')} code={isStream ? STREAM : ANSWER} />
        {isStream ? null : <CodeBlock label={t('answer.path')} title={t('answer.path')} code={EXTRACTOR} />}
        <ul className="list-disc pl-5 text-sm text-text-muted">
          <li>{t('answer.refused')}</li>
          <li>{t('answer.invalid')}</li>
          <li>{t('answer.busy')}</li>
        </ul>
      </div>
    </details>
  )
}
