import type { Publication } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CallingCodeView } from '../publications/calling-code-view.tsx'
import { TryCall } from './try-call.tsx'
import { publishedRequest } from './try-request.ts'

export interface PublishedCallsProps {
  readonly flow: Publication
  /** The newest unless one is named. */
  readonly version: number | undefined
  readonly apiKey: string | undefined
}

/** How a published version is called, by its inputs' names: what FlowAI's workflow API answers (A-23). */
export function PublishedCalls({ flow, version, apiKey }: PublishedCallsProps): ReactNode {
  const { t } = useTranslation('api-access')
  const described = `/v1/api/workflow/${flow.flow_id}`
  const asked = version === undefined ? '' : `?version=${version}`
  return (
    <>
      <p className="text-sm text-text-muted">
        {version === undefined ? t('published.latest', { version: flow.version }) : t('published.version', { version })}
      </p>
      <CallingCodeView flow={flow} version={version} apiKey={apiKey} />
      <p className="flex gap-4 text-sm">
        <a href={`${described}/openapi.json${asked}`} target="_blank" rel="noopener" className="text-accent underline">
          OpenAPI
        </a>
        <a href={`${described}/types.ts${asked}`} target="_blank" rel="noopener" className="text-accent underline">
          TypeScript
        </a>
      </p>
      <TryCall
        key={version}
        request={publishedRequest(flow, { origin: location.origin, text: t('published.text'), version })}
        flowId={flow.flow_id}
        apiKey={apiKey}
      />
      <details className="rounded-lg border border-border p-3">
        <summary className="min-h-6 cursor-pointer font-medium text-sm">{t('answer.title')}</summary>
        <ul className="list-disc pt-3 pl-5 text-sm text-text-muted">
          <li>{t('published.answer')}</li>
          <li>{t('published.events')}</li>
          <li>{t('answer.refused')}</li>
          <li>{t('answer.invalid')}</li>
          <li>{t('answer.busy')}</li>
        </ul>
      </details>
    </>
  )
}
