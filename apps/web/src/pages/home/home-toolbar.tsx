import { LayoutGrid, List } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { ChoiceTabs } from '../../ui/tabs.tsx'
import { FILTERS, type ListState, SORTS } from './visible-flows.ts'

export interface HomeToolbarProps {
  readonly state: ListState
  readonly onChange: (change: Partial<ListState>) => void
  readonly view: 'grid' | 'list'
  readonly onView: (view: 'grid' | 'list') => void
  readonly tags: readonly string[]
  /** Whose flows there are to choose from. */
  readonly owners: readonly string[]
  readonly isLoading: boolean
  /** Flows that are tools of the project's MCP server; undefined where it is not shown. */
  readonly tools: number | undefined
}

const ANYBODY = ' '

/** Tabs, search, filters, order and view of the list of flows. */
export function HomeToolbar({
  state,
  onChange,
  view,
  onView,
  tags,
  owners,
  isLoading,
  tools,
}: HomeToolbarProps): ReactNode {
  const { t } = useTranslation('home')
  const first = (change: Partial<ListState>): void => onChange({ ...change, page: '1' })
  return (
    <>
      <ChoiceTabs
        label={t('tabs.label')}
        value={state.kind}
        tabs={[
          { value: 'flows', label: t('tabs.flows'), testId: 'flows-btn' },
          { value: 'components', label: t('tabs.components'), testId: 'components-btn' },
          ...(tools === undefined
            ? []
            : [{ value: 'mcp', label: tools ? t('tabs.tools', { count: tools }) : t('tabs.mcp'), testId: 'mcp-btn' }]),
          { value: 'published', label: t('tabs.published'), testId: 'published-btn' },
        ]}
        onChange={(kind) => first({ kind })}
        className="mb-4"
      />
      {state.kind === 'mcp' ? null : (
        <div className="mb-4 flex flex-wrap items-center gap-2">
          <SearchInput
            value={state.q}
            onChange={(q) => first({ q })}
            label={state.kind === 'components' ? t('searchComponents') : t('search')}
            disabled={isLoading}
            className="min-w-56 flex-1"
            testId="search-store-input"
          />
          {tags.length > 0 ? (
            <Select
              label={t('tag')}
              value={state.tag || 'any'}
              options={[{ value: 'any', label: t('anyTag') }, ...tags.map((value) => ({ value, label: value }))]}
              onChange={(tag) => first({ tag: tag === 'any' ? '' : tag })}
            />
          ) : null}
          {owners.length > 1 || state.owner !== '' ? (
            <Select
              label={t('owner')}
              // No user's name has a space at its end.
              value={state.owner || ANYBODY}
              options={[
                { value: ANYBODY, label: t('anyOwner') },
                ...[...new Set([...owners, ...(state.owner ? [state.owner] : [])])].map((value) => ({
                  value,
                  label: value,
                })),
              ]}
              onChange={(owner) => first({ owner: owner === ANYBODY ? '' : owner })}
              testId="owner-filter"
            />
          ) : null}
          <Select
            label={t('filter.label')}
            value={state.filter}
            options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
            onChange={(filter) => first({ filter })}
          />
          <Select
            label={t('sort.label')}
            value={state.sort}
            options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
            onChange={(sort) => onChange({ sort })}
          />
          <fieldset className="flex rounded-md border border-border" aria-label={t('view.label')}>
            <IconButton
              label={t('view.grid')}
              aria-pressed={view === 'grid'}
              onClick={() => onView('grid')}
              className={view === 'grid' ? 'bg-surface-hover text-text' : ''}
            >
              <LayoutGrid size={16} />
            </IconButton>
            <IconButton
              label={t('view.list')}
              aria-pressed={view === 'list'}
              onClick={() => onView('list')}
              className={view === 'list' ? 'bg-surface-hover text-text' : ''}
            >
              <List size={16} />
            </IconButton>
          </fieldset>
        </div>
      )}
    </>
  )
}
