import { Link } from '@tanstack/react-router'
import { Send, Square } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { durationText } from '../ui/duration.ts'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import type { TryRequest } from './try-request.ts'
import { useSend } from './use-send.ts'

export interface TryCallProps {
  readonly request: TryRequest
  readonly flowId: string
  /** A key that was just made. */
  readonly apiKey: string | undefined
}

/** Sends the call as a program would and shows the answer as it comes: status, headers, time, events. */
export function TryCall({ request, flowId, apiKey = '' }: TryCallProps): ReactNode {
  const { t, i18n } = useTranslation('api-access')
  const [body, setBody] = useState(() => JSON.stringify(request.body, null, 2))
  const [typed, setTyped] = useState<string>()
  const { answer, isBusy, send, stop } = useSend()
  const key = typed ?? apiKey
  const problem = problemOf(body)
  return (
    <details className="rounded-lg border border-border p-3" data-testid="try-call">
      <summary className="min-h-6 cursor-pointer font-medium text-sm leading-6">{t('try.title')}</summary>
      <form
        className="flex flex-col gap-3 pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          void send({ url: request.url, body, key })
        }}
      >
        <p className="break-all font-mono text-xs">POST {request.url}</p>
        <Field label={t('try.body')} error={problem === undefined ? undefined : t('try.noJson', { problem })}>
          <TextArea
            rows={8}
            value={body}
            spellCheck={false}
            className="font-mono text-xs"
            onChange={(event) => setBody(event.target.value)}
            data-testid="try-body"
          />
        </Field>
        <Field label={t('try.key')} hint={request.needsKey ? t('try.keyNeeded') : t('try.keyHint')}>
          <TextInput
            type="password"
            autoComplete="off"
            value={key}
            onChange={(event) => setTyped(event.target.value)}
            className="max-w-md font-mono"
            data-testid="try-key"
          />
        </Field>
        <div className="flex items-center gap-3">
          {isBusy ? (
            <Button onClick={stop}>
              <Square size={14} />
              {t('try.stop')}
            </Button>
          ) : (
            <Button
              look="primary"
              type="submit"
              disabled={problem !== undefined || (request.needsKey && key === '')}
              data-testid="try-send"
            >
              <Send size={14} />
              {t('try.send')}
            </Button>
          )}
          <Link to="/monitor/runs" search={{ flow: flowId } as never} className="text-accent text-sm underline">
            {t('try.runs')}
          </Link>
        </div>
        {answer ? (
          <div className="flex flex-col gap-2" data-testid="try-answer">
            <p role="status" className={classNames('text-sm', answer.isRefused ? 'text-danger' : 'text-success')}>
              {answer.status} · {durationText(answer.durationMs, i18n.language)}
            </p>
            {answer.headers === '' ? null : (
              <details>
                <summary className="min-h-6 w-fit cursor-pointer text-text-muted text-xs leading-6">
                  {t('try.headers')}
                </summary>
                <pre className="overflow-x-auto font-mono text-xs">{answer.headers}</pre>
              </details>
            )}
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
              tabIndex={0}
              className="wrap-anywhere max-h-96 overflow-auto whitespace-pre-wrap rounded-md border border-border bg-surface-muted p-2 font-mono text-xs"
            >
              {answer.text}
            </pre>
          </div>
        ) : null}
      </form>
    </details>
  )
}

/** Why it is no JSON. */
function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
