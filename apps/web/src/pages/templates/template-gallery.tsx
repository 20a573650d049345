import type { FlowRead } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { LayoutGrid, type LucideIcon, Rocket } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { exampleFlowsQuery } from '../../api/example-flows.ts'
import { classNames } from '../../ui/class-names.ts'
import { NoMatch } from '../../ui/no-match.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { TemplateCard } from './template-card.tsx'
import { type Category, type GalleryState, METHODS, searched, USE_CASES, visibleTemplates } from './templates.ts'

export interface TemplateGalleryProps {
  readonly state: GalleryState
  readonly onState: (state: GalleryState) => void
  readonly onChoose: (template: FlowRead) => void
}

const SKELETONS = [1, 2, 3, 4] as const

/** The starter flows by category, each with a picture of its graph. */
export function TemplateGallery({ state, onState, onChoose }: TemplateGalleryProps): ReactNode {
  const { t, i18n } = useTranslation('templates')
  const { data: flows = [], isPending, error, refetch } = useQuery(exampleFlowsQuery(i18n.language))
  const { category, search } = state
  const has = (tag: string): boolean => flows.some(({ tags }) => tags?.includes(tag))
  const shown = visibleTemplates(flows, state)
  const entry = (id: Category, icon?: LucideIcon): ReactNode => (
    <CategoryButton
      key={id}
      id={id}
      icon={icon}
      chosen={category === id}
      onChoose={(chosen) => onState({ category: chosen, search })}
    />
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 md:flex-row">
      <nav aria-label={t('categories')} className="flex shrink-0 flex-wrap gap-0.5 md:w-48 md:flex-col md:flex-nowrap">
        {entry('get-started', Rocket)}
        {entry('all-templates', LayoutGrid)}
        <Heading>{t('useCases')}</Heading>
        {USE_CASES.filter(has).map((id) => entry(id))}
        <Heading>{t('methods')}</Heading>
        {METHODS.filter(has).map((id) => entry(id))}
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <SearchInput
          value={search}
          onChange={(words) => onState(searched(state, words))}
          label={t('search')}
          testId="search-input-template"
        />
        <h3 className="font-semibold text-lg" data-testid={`category_title_${category}`}>
          {t(`category.${category}`)}
        </h3>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {!isPending && !error && shown.length === 0 ? (
          <NoMatch onClear={() => onState({ category, search: '' })} />
        ) : null}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(230px,1fr))] gap-3" aria-busy={isPending}>
          {isPending ? SKELETONS.map((one) => <Skeleton key={one} className="h-56 rounded-lg" />) : null}
          {shown.map((flow) => (
            <li key={flow.id}>
              <TemplateCard flow={flow} onChoose={() => onChoose(flow)} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const Heading = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="hidden px-2.5 pt-3 pb-1 font-medium text-text-faint text-xs md:block">{children}</div>
)

interface CategoryButtonProps {
  readonly id: Category
  readonly icon: LucideIcon | undefined
  readonly chosen: boolean
  readonly onChoose: (id: Category) => void
}

function CategoryButton({ id, icon: Icon, chosen, onChoose }: CategoryButtonProps): ReactNode {
  const { t } = useTranslation('templates')
  return (
    <button
      type="button"
      aria-pressed={chosen}
      data-testid={`side_nav_options_${id}`}
      onClick={() => onChoose(id)}
      className={classNames(
        'flex h-8 items-center gap-2 rounded-md px-2.5 text-left text-sm hover:bg-surface-hover',
        chosen ? 'bg-surface-hover font-medium' : 'text-text-muted',
      )}
    >
      {Icon ? <Icon size={14} /> : null}
      {t(`category.${id}`)}
    </button>
  )
}
