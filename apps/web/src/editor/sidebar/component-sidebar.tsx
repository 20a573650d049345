import { Search, SlidersHorizontal, X } from 'lucide-react'
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listed } from '../../i18n/listed.ts'
import { IconButton } from '../../ui/button.tsx'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Skeleton } from '../../ui/status.tsx'
import { Switch } from '../../ui/switch.tsx'
import type { CatalogueEntry } from '../catalogue.ts'
import { useCatalogue, useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { sourceOf, targetOf } from '../model/compatibility.ts'
import { nodeOf } from '../model/flow-document.ts'
import { useRemembered } from '../remembered.ts'
import type { SidebarPart } from '../workspace-ui.ts'
import { bundleName, commonBundle } from './bundle-names.ts'
import { CatalogueItem } from './catalogue-item.tsx'
import { BUNDLE_ICON, CATEGORIES, compareCategories, isBundle } from './categories.ts'
import { McpSection } from './mcp-section.tsx'
import { SavedSection } from './saved-section.tsx'
import { partnerOf, scoreOf } from './search-components.ts'
import { SidebarEdge } from './sidebar-edge.tsx'
import { SidebarFooter } from './sidebar-footer.tsx'
import { SidebarHeading } from './sidebar-heading.tsx'
import { walkSidebar } from './walk-sidebar.ts'

const STORED = 'runnel.sidebar'

interface Shown {
  readonly beta: boolean
  readonly legacy: boolean
}

const remembered = (): Shown => {
  const stored = localStorage.getItem(STORED)
  return { beta: !stored?.includes('no-beta'), legacy: stored?.includes('legacy') ?? false }
}

type Group = readonly [category: string, entries: readonly CatalogueEntry[]]

/** Every component by category, with a search and the filter of a handle. */
export function ComponentSidebar(): ReactNode {
  const { t } = useTranslation('editor')
  // They come in one piece and are many: what the user does goes before.
  const catalogue = useDeferredValue(useCatalogue())
  const width = useRemembered(({ sidebarWidth }) => sidebarWidth)
  const filter = useWorkspaceUi(({ handleFilter }) => handleFilter)
  const node = useEditorState(({ document }) => (filter ? nodeOf(document, filter.nodeId) : undefined))
  const chosenPart = useWorkspaceUi(({ sidebarPart }) => sidebarPart)
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(remembered)
  const wanted = useDeferredValue(search)

  const show = (next: Shown): void => {
    localStorage.setItem(STORED, [next.beta ? 'beta' : 'no-beta', next.legacy ? 'legacy' : ''].join(' ').trim())
    setShown(next)
  }

  const found = useMemo(
    () =>
      catalogue.entries
        .map((entry) => ({ entry, score: scoreOf(entry, wanted) }))
        .filter(({ score }) => score > 0)
        .filter(
          ({ entry }) => !filter || !node || partnerOf(node, filter.handle, entry.component, entry.type) !== undefined,
        )
        .sort((a, b) => b.score - a.score)
        .map(({ entry }) => entry),
    [catalogue, wanted, filter, node],
  )
  const isShown = ({ component }: CatalogueEntry): boolean =>
    (shown.beta || !component.beta) && (shown.legacy || !component.legacy)
  const visible = found.filter(isShown)
  const hidden = wanted === '' ? [] : found.filter((entry) => !isShown(entry))
  const hiddenLegacy = hidden.filter(({ component }) => component.legacy).length
  const groups: readonly Group[] = [...Map.groupBy(visible, ({ category }) => category)].sort(([a], [b]) =>
    compareCategories(a, b),
  )
  const isNarrowed = wanted !== '' || filter !== undefined
  // Whoever searches, searches everywhere.
  const part = isNarrowed ? undefined : chosenPart
  const has = (one: SidebarPart): boolean => part === undefined || part === one
  return (
    <aside
      aria-label={t('sidebar.label')}
      style={{ width }}
      className="relative flex shrink-0 flex-col border-border border-r bg-surface"
      onKeyDown={walkSidebar}
    >
      <SidebarEdge />
      <div className="flex items-center gap-1 p-2">
        <div className="relative flex-1">
          <Search size={14} className="absolute top-2.25 left-2.5 text-text-faint" aria-hidden="true" />
          <TextInput
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || isComposing(event)) return
              setSearch('')
              event.currentTarget.blur()
              // Whoever works without a pointer came from the canvas, and would begin at the top of the page.
              event.currentTarget.ownerDocument
                .querySelector<HTMLElement>('[role="application"]')
                ?.focus({ preventScroll: true })
            }}
            placeholder={t('sidebar.search')}
            aria-label={t('sidebar.search')}
            data-testid="sidebar-search-input"
            data-sidebar-stop=""
            className="pl-8"
          />
        </div>
        <SidebarOptions shown={shown} onChange={show} />
      </div>
      {filter ? <FilterChip /> : null}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {filter || !has('components') ? null : <SavedSection search={wanted} />}
        {catalogue.entries.length === 0 ? <LoadingGroups /> : null}
        {has('components') ? (
          <GroupList groups={groups.filter(([category]) => !isBundle(category))} isOpen={isNarrowed} />
        ) : null}
        {filter || !has('mcp') ? null : <McpSection key={part} search={wanted} isOpenAtFirst={part === 'mcp'} />}
        {has('bundles') && groups.some(([category]) => isBundle(category)) ? (
          <>
            <h2 className="px-2 pt-3 pb-1 font-semibold text-text-muted text-xs">{t('sidebar.bundles')}</h2>
            <GroupList groups={groups.filter(([category]) => isBundle(category))} isOpen={isNarrowed} />
          </>
        ) : null}
        {visible.length === 0 && catalogue.entries.length > 0 ? (
          // Not under what else was found: kept components, MCP servers.
          <p className="not-first:hidden p-4 text-center text-sm text-text-muted">{t('sidebar.empty')}</p>
        ) : null}
        <HiddenHint
          text={t('sidebar.hiddenLegacy', { count: hiddenLegacy })}
          count={hiddenLegacy}
          onShow={() => show({ ...shown, legacy: true })}
        />
        <HiddenHint
          text={t('sidebar.hiddenBeta', { count: hidden.length - hiddenLegacy })}
          count={hidden.length - hiddenLegacy}
          onShow={() => show({ ...shown, beta: true })}
        />
      </div>
      <SidebarFooter />
    </aside>
  )
}

/** What a search has found besides, and shows when asked. */
function HiddenHint({
  text,
  count,
  onShow,
}: {
  readonly text: string
  readonly count: number
  readonly onShow: () => void
}): ReactNode {
  if (count === 0) return null
  return (
    <button
      type="button"
      className="w-full rounded-md p-2 text-left text-accent text-xs hover:bg-surface-hover"
      onClick={onShow}
    >
      {text}
    </button>
  )
}

const LOADING_ROWS = ['11rem', '9rem', '12rem', '10rem', '8rem', '7rem'] as const

/** Where the categories will stand once the components are there. */
const LoadingGroups = (): ReactNode => (
  <div className="flex flex-col gap-4 px-2 py-2" aria-hidden="true">
    {LOADING_ROWS.map((width) => (
      <div key={width} style={{ width }}>
        <Skeleton className="h-4" />
      </div>
    ))}
  </div>
)

function SidebarOptions({
  shown,
  onChange,
}: {
  readonly shown: Shown
  readonly onChange: (shown: Shown) => void
}): ReactNode {
  const { t } = useTranslation('editor')
  return (
    <Popover
      label={t('sidebar.options')}
      className="flex w-56 flex-col gap-3 p-3"
      trigger={
        <button
          type="button"
          aria-label={t('sidebar.options')}
          data-testid="sidebar-options-trigger"
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-text-muted hover:bg-surface-hover"
        >
          <SlidersHorizontal size={15} />
        </button>
      }
    >
      <div className="flex items-center justify-between text-sm">
        {t('sidebar.beta')}
        <Switch
          label={t('sidebar.beta')}
          testId="sidebar-beta-switch"
          checked={shown.beta}
          onChange={(beta) => onChange({ ...shown, beta })}
        />
      </div>
      <div className="flex items-center justify-between text-sm">
        {t('sidebar.legacy')}
        <Switch
          label={t('sidebar.legacy')}
          testId="sidebar-legacy-switch"
          checked={shown.legacy}
          onChange={(legacy) => onChange({ ...shown, legacy })}
        />
      </div>
    </Popover>
  )
}

/** The handle whose partners are shown, and the way back to all components. */
function FilterChip(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui, editor } = useWorkspace()
  const filter = useWorkspaceUi(({ handleFilter }) => handleFilter)
  if (!filter) return null
  const node = nodeOf(editor.getDocument(), filter.nodeId)
  const source = sourceOf(node, filter.handle)
  const target = targetOf(node, filter.handle)
  const types = source?.output_types ?? target?.inputTypes ?? target?.output_types ?? []
  return (
    <div className="mx-2 mb-2 flex items-center gap-1 rounded-md bg-accent-soft py-1 pr-1 pl-2 text-accent text-xs">
      <span className="min-w-0 flex-1 truncate">
        {t(source ? 'sidebar.filterOutput' : 'sidebar.filterInput', { types: listed(types) })}
      </span>
      <IconButton
        label={t('sidebar.filterReset')}
        size="sm"
        data-testid="sidebar-filter-reset"
        onClick={() => ui.setState({ handleFilter: undefined })}
      >
        <X size={13} />
      </IconButton>
    </div>
  )
}

function GroupList({ groups, isOpen }: { readonly groups: readonly Group[]; readonly isOpen: boolean }): ReactNode {
  return groups.map(([category, entries]) => (
    <CategoryGroup key={category} category={category} entries={entries} isNarrowed={isOpen} />
  ))
}

function CategoryGroup({
  category,
  entries,
  isNarrowed,
}: {
  readonly category: string
  readonly entries: readonly CatalogueEntry[]
  readonly isNarrowed: boolean
}): ReactNode {
  const { t } = useTranslation('editor')
  const [isOpen, setOpen] = useState(false)
  const isShown = isOpen || isNarrowed
  const known = CATEGORIES[category]
  const testName = known?.testName ?? `bundles-${bundleName(category).toLowerCase()}`
  const common = commonBundle(category)
  const name = known ? t(`categories.${category}`) : common ? t(`bundles.${common}`) : bundleName(category)
  return (
    <section>
      <SidebarHeading
        icon={known?.icon ?? BUNDLE_ICON}
        name={name}
        isOpen={isShown}
        onToggle={() => setOpen(!isOpen)}
        testId={`disclosure-${testName}`}
      />
      {isShown ? (
        <ul className="mb-1">
          {entries.map((entry) => (
            <CatalogueItem key={entry.type} entry={entry} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}
