import type { Publication } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CallingCodeView } from '../publications/calling-code-view.tsx'
import { PublishedHelp } from './published-help.tsx'
import { TryCall } from './try-call.tsx'
import { publishedRequest } from './try-request.ts'

export interface PublishedCallsProps {
  readonly flow: Publication
  /** The newest unless one is named. */
  readonly version: number | undefined
  readonly apiKey: string | undefined
}

const LINK = 'inline-flex min-h-6 items-center text-accent underline'

/** How a published version is called, by its inputs' names: what FlowAI's workflow API answers. */
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
        <a href={`${described}/openapi.json${asked}`} target="_blank" rel="noopener" className={LINK}>
          OpenAPI
        </a>
        <a href={`${described}/types.ts${asked}`} target="_blank" rel="noopener" className={LINK}>
          TypeScript
        </a>
      </p>
      <TryCall
        key={version}
        request={publishedRequest(flow, { origin: location.origin, text: t('published.text'), version })}
        flowId={flow.flow_id}
        apiKey={apiKey}
      />
      <PublishedHelp />
    </>
  )
}
