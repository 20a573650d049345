import { ChevronRight, GripVertical, Plus, Search, SlidersHorizontal, X } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { MenuAt } from '../../ui/menu.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Badge } from '../../ui/status.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useActions } from '../actions/use-actions.tsx'
import type { CatalogueEntry } from '../catalogue.ts'
import { newNode } from '../commands/new-node.ts'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { sourceOf, targetOf } from '../model/compatibility.ts'
import { nodeOf } from '../model/flow-document.ts'
import { useRemembered } from '../remembered.ts'
import { addComponent, isTaken } from './add-component.ts'
import { bundleName } from './bundle-names.ts'
import { BUNDLE_ICON, CATEGORIES, compareCategories, isBundle } from './categories.ts'
import { McpSection } from './mcp-section.tsx'
import { SavedSection } from './saved-section.tsx'
import { partnerHandle, scoreOf } from './search-components.ts'
import { SidebarEdge } from './sidebar-edge.tsx'
import { SidebarFooter } from './sidebar-footer.tsx'
import { walkSidebar } from './walk-sidebar.ts'

/** What a component dragged out of the sidebar carries: its type. */
export const DRAGGED_COMPONENT = 'application/x-runnel-component'

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
  const { catalogue } = useWorkspace()
  const width = useRemembered(({ sidebarWidth }) => sidebarWidth)
  const filter = useWorkspaceUi(({ handleFilter }) => handleFilter)
  const document = useEditorState((state) => (filter ? state.document : undefined))
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
          ({ entry }) =>
            !filter || !document || partnerHandle(document, filter, entry.component, entry.type) !== undefined,
        )
        .sort((a, b) => b.score - a.score)
        .map(({ entry }) => entry),
    [catalogue, wanted, filter, document],
  )
  const isShown = ({ component }: CatalogueEntry): boolean =>
    (shown.beta || !component.beta) && (shown.legacy || !component.legacy)
  const visible = found.filter(isShown)
  const hiddenLegacy = wanted === '' ? 0 : found.filter(({ component }) => component.legacy && !shown.legacy).length
  const groups: readonly Group[] = [...Map.groupBy(visible, ({ category }) => category)].sort(([a], [b]) =>
    compareCategories(a, b),
  )
  const isNarrowed = wanted !== '' || filter !== undefined
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
        {filter ? null : <SavedSection search={wanted} />}
        <GroupList groups={groups.filter(([category]) => !isBundle(category))} isOpen={isNarrowed} />
        {filter ? null : <McpSection search={wanted} />}
        {groups.some(([category]) => isBundle(category)) ? (
          <>
            <h2 className="px-2 pt-3 pb-1 font-semibold text-text-muted text-xs">{t('sidebar.bundles')}</h2>
            <GroupList groups={groups.filter(([category]) => isBundle(category))} isOpen={isNarrowed} />
          </>
        ) : null}
        {visible.length === 0 ? <p className="p-4 text-center text-sm text-text-muted">{t('sidebar.empty')}</p> : null}
        {hiddenLegacy > 0 ? (
          <button
            type="button"
            className="w-full rounded-md p-2 text-left text-accent text-xs hover:bg-surface-hover"
            onClick={() => show({ ...shown, legacy: true })}
          >
            {t('sidebar.hiddenLegacy', { count: hiddenLegacy })}
          </button>
        ) : null}
      </div>
      <SidebarFooter />
    </aside>
  )
}

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
        {t(source ? 'sidebar.filterOutput' : 'sidebar.filterInput', { types: types.join(', ') })}
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
  const { t, i18n } = useTranslation('editor')
  const [isOpen, setOpen] = useState(false)
  const isShown = isOpen || isNarrowed
  const Icon = CATEGORIES[category] ?? BUNDLE_ICON
  const name = i18n.exists(`editor:categories.${category}`) ? t(`categories.${category}`) : bundleName(category)
  return (
    <section>
      <button
        type="button"
        aria-expanded={isShown}
        data-sidebar-stop=""
        data-testid={`disclosure-${name.toLowerCase()}`}
        onClick={() => setOpen(!isOpen)}
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-surface-hover"
      >
        <Icon size={15} className="text-text-muted" />
        <span className="flex-1 truncate text-left">{name}</span>
        <ChevronRight
          size={14}
          className={classNames('text-text-faint transition-transform', isShown && 'rotate-90')}
        />
      </button>
      {isShown ? (
        <ul className="mb-1">
          {entries.map((entry) => (
            <SidebarItem key={entry.type} entry={entry} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function SidebarItem({ entry }: { readonly entry: CatalogueEntry }): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { context } = useActions()
  const { display_name: label, description, icon, beta, legacy } = entry.component
  const name = componentText(label)
  const isLocked = useEditorState((state) => state.isLocked)
  const isUsed = useEditorState(() => isTaken(workspace, entry.type))
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>()

  const download = (): void => {
    const { id, position, data, type } = newNode(entry.type, entry.component, { x: 0, y: 0 })
    const file = {
      name: label,
      description,
      is_component: true,
      data: { nodes: [{ id, type, position, data }], edges: [] },
    }
    saveFile(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }), `${label}.json`)
  }
  const add = (): void => {
    const { x, y } = context.view.pointer()
    const id = addComponent(workspace, entry, { x: x - 160, y: y - 120 }, workspace.ui.getState().handleFilter)
    if (id === undefined) context.say('notice', 'sidebar.taken', { name })
  }
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED_COMPONENT, entry.type)
    event.dataTransfer.effectAllowed = 'move'
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    add()
  }
  return (
    <li className="group/item relative">
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in every browser */}
      <div
        role="button"
        tabIndex={0}
        data-sidebar-stop=""
        draggable={!isLocked && !isUsed}
        onDragStart={onDragStart}
        onDoubleClick={add}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu({ x: event.clientX, y: event.clientY })
        }}
        onKeyDown={onKeyDown}
        aria-disabled={isUsed}
        title={isUsed ? t('sidebar.taken', { name }) : description && componentText(description)}
        aria-label={t('sidebar.add', { name })}
        data-testid={`${entry.category}${label}`}
        className="flex h-8 cursor-grab select-none items-center aria-disabled:cursor-not-allowed aria-disabled:text-text-muted gap-2 rounded-md pr-8 pl-2 text-sm hover:bg-surface-hover"
      >
        <ComponentIcon name={icon} size={15} />
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {beta ? <Badge tone="info">{t('node.beta')}</Badge> : null}
        {legacy ? <Badge tone="warning">{t('node.legacy')}</Badge> : null}
        <GripVertical size={13} className="text-text-faint opacity-0 group-hover/item:opacity-100" aria-hidden="true" />
      </div>
      <IconButton
        label={t('sidebar.add', { name })}
        size="sm"
        className="absolute! top-1 right-1 opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100"
        disabled={isLocked}
        data-testid={`add-component-button-${label.toLowerCase().replaceAll(' ', '-')}`}
        onClick={add}
      >
        <Plus size={14} />
      </IconButton>
      {menu ? (
        <MenuAt
          at={menu}
          onClose={() => setMenu(undefined)}
          items={[{ label: t('sidebar.download'), onSelect: download, testId: 'download-component' }]}
        />
      ) : null}
    </li>
  )
}
