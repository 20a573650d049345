import type { Publication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../api/api-keys.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CallingCodeView } from './calling-code-view.tsx'

export interface CallPanelProps {
  readonly flow: Publication
  /** It was published a moment ago. */
  readonly isNew?: boolean
}

/** How a published flow is called: address, id, code, and where keys are. */
export function CallPanel({ flow, isNew }: CallPanelProps): ReactNode {
  const { t } = useTranslation('api')
  const { data: keys } = useQuery(apiKeysQuery)
  const described = `/v1/api/workflow/${flow.flow_id}`
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {isNew ? (
        <p
          role="status"
          className="flex items-center gap-2 rounded-md bg-success-soft p-3 font-medium text-sm text-success"
          data-testid="published"
        >
          <CircleCheck size={16} />
          {t('call.published', { version: flow.version })}
        </p>
      ) : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 text-sm">
        <dt className="text-text-muted">{t('call.endpoint')}</dt>
        <Copied
          text={`${location.origin}${flow.endpoint}`}
          label={t('call.copyEndpoint')}
          testId="publication-endpoint"
        />
        <dt className="text-text-muted">{t('call.id')}</dt>
        <Copied text={flow.flow_id} label={t('copyId')} testId="publication-id" />
      </dl>
      <CallingCodeView flow={flow} />
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <Link to="/api" search={{ tab: 'keys' }} className="text-accent underline">
          {keys?.length === 0 ? t('call.createKey') : t('call.manage')}
        </Link>
        <a href={`${described}/openapi.json`} target="_blank" rel="noopener" className="text-accent underline">
          OpenAPI
        </a>
        <a href={`${described}/types.ts`} target="_blank" rel="noopener" className="text-accent underline">
          TypeScript
        </a>
      </p>
    </div>
  )
}

interface CopiedProps {
  readonly text: string
  readonly label: string
  readonly testId: string
}

const Copied = ({ text, label, testId }: CopiedProps): ReactNode => (
  <dd className="flex min-w-0 items-center gap-1">
    <code className="min-w-0 truncate font-mono text-xs" data-testid={testId}>
      {text}
    </code>
    <CopyButton text={text} label={label} />
  </dd>
)
