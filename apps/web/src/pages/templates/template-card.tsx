import type { ExampleFlowRead } from '@runnel/protocol/example-flows'
import { useQuery } from '@tanstack/react-query'
import { Check, KeyRound, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { enabledProvidersQuery } from '../../api/models.ts'
import { variablesQuery } from '../../api/variables.ts'
import { FlowPicture } from '../../flows/flow-picture.tsx'
import { FlowSwatch } from '../../flows/flow-swatch.tsx'
import { Badge } from '../../ui/status.tsx'
import { credentialsOf, nodeCount, PROVIDER_KEY, USE_CASES } from './templates.ts'

export interface TemplateCardProps {
  readonly flow: ExampleFlowRead
  readonly onChoose: () => void
}

/** A starter flow to choose: its picture, what it does and what it needs. */
export function TemplateCard({ flow, onChoose }: TemplateCardProps): ReactNode {
  const { t } = useTranslation('templates')
  const { data: providers = [] } = useQuery(enabledProvidersQuery)
  const { data: variables = [] } = useQuery(variablesQuery)
  const isGiven = (credential: string): boolean =>
    credential === PROVIDER_KEY ? providers.length > 0 : variables.some(({ name }) => name === credential)
  return (
    <button
      type="button"
      onClick={onChoose}
      data-testid={`template_${flow.name_key.replaceAll('_', '-')}`}
      className="flex h-full w-full flex-col overflow-hidden rounded-lg border border-border bg-surface text-left hover:border-border-strong hover:shadow-2"
    >
      <FlowPicture data={flow.data} className="h-28 w-full border-border border-b bg-canvas p-2" />
      <span className="flex flex-1 flex-col gap-1 p-3">
        <span className="flex items-center gap-2 font-medium text-sm">
          <FlowSwatch flow={flow} size="sm" />
          {flow.name}
        </span>
        <span className="line-clamp-3 text-text-muted text-xs">{flow.description}</span>
        <span className="mt-auto flex flex-wrap gap-1 pt-2">
          <Badge>
            <Workflow size={12} />
            {t('nodes', { count: nodeCount(flow) })}
          </Badge>
          {USE_CASES.filter((tag) => flow.tags?.includes(tag)).map((tag) => (
            <Badge key={tag}>{t(`category.${tag}`)}</Badge>
          ))}
          {credentialsOf(flow).map((name) => (
            <Badge key={name} tone={isGiven(name) ? 'neutral' : 'warning'}>
              {isGiven(name) ? <Check size={12} /> : <KeyRound size={12} />}
              {name === PROVIDER_KEY ? t('providerKey') : name}
              {isGiven(name) ? <span className="sr-only">{t('given')}</span> : null}
            </Badge>
          ))}
        </span>
      </span>
    </button>
  )
}
