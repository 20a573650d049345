import type { ProviderRead } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { providersQuery } from '../api/models.ts'
import { useListState } from '../app/list-state.ts'
import { gradientOf, initialsOf } from '../flows/flow-swatch.tsx'
import { classNames } from '../ui/class-names.ts'
import { SearchInput } from '../ui/search-input.tsx'
import { Section } from '../ui/section.tsx'
import { Badge, ErrorState, Skeleton } from '../ui/status.tsx'
import { DefaultModel } from './default-model.tsx'
import { ProviderForm } from './provider-form.tsx'
import { ProviderModels } from './provider-models.tsx'

/** Keys, models and defaults of the providers of models. */
export function ProvidersSection(): ReactNode {
  const { t } = useTranslation('models')
  const { data: providers = [], isPending, error, refetch } = useQuery(providersQuery)
  const [{ q, provider: chosen }, setState] = useListState({ q: '', provider: '' }, { isOneStep: true })
  const sorted = [...providers.filter((one) => one.is_configured), ...providers.filter((one) => !one.is_configured)]
  const shown = sorted.filter(({ provider }) => provider.toLowerCase().includes(q.trim().toLowerCase()))
  const open = providers.find(({ provider_id }) => provider_id === chosen) ?? shown[0]
  return (
    <Section title={t('title')} description={t('text')}>
      <div className="mb-6 flex flex-wrap gap-4 rounded-lg border border-border p-4">
        <DefaultModel type="language" />
        <DefaultModel type="embeddings" />
      </div>
      {isPending ? <Skeleton className="h-60" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {providers.length > 0 ? (
        <div className="grid gap-6 lg:grid-cols-[240px_1fr]">
          <div className="flex min-w-0 flex-col gap-2">
            <SearchInput value={q} onChange={(next) => setState({ q: next })} label={t('search')} />
            <ul className="flex flex-col gap-0.5">
              {shown.map((provider) => (
                <li key={provider.provider_id}>
                  <ProviderButton
                    provider={provider}
                    isOpen={provider === open}
                    onOpen={() => setState({ provider: provider.provider_id })}
                  />
                </li>
              ))}
            </ul>
          </div>
          {open ? (
            <div key={open.provider_id} className="flex min-w-0 flex-col gap-6">
              <div className="flex items-center gap-3">
                <Mark name={open.provider} />
                <h3 className="font-semibold text-lg">{open.provider}</h3>
                {open.is_configured ? <Badge tone="success">{t('configured')}</Badge> : null}
              </div>
              <ProviderForm provider={open} />
              <ProviderModels provider={open} />
            </div>
          ) : null}
        </div>
      ) : null}
    </Section>
  )
}

interface ProviderButtonProps {
  readonly provider: ProviderRead
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function ProviderButton({ provider, isOpen, onOpen }: ProviderButtonProps): ReactNode {
  const { t } = useTranslation('models')
  return (
    <button
      type="button"
      aria-pressed={isOpen}
      onClick={onOpen}
      data-testid={`provider-item-${provider.provider_id}`}
      className={classNames(
        'flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-surface-hover',
        isOpen ? 'bg-surface-hover font-medium' : '',
      )}
    >
      <Mark name={provider.provider} />
      <span className="min-w-0 flex-1 truncate">{provider.provider}</span>
      {provider.is_configured ? (
        <CircleCheck size={14} role="img" aria-label={t('configured')} className="text-success" />
      ) : null}
    </button>
  )
}

function Mark({ name }: { readonly name: string }): ReactNode {
  const [from, to] = gradientOf(name)
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-md font-semibold text-white text-xs"
      style={{ background: `linear-gradient(135deg, ${from}, ${to})` }}
    >
      {initialsOf(name)}
    </span>
  )
}
