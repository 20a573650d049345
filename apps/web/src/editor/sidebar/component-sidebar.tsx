import { Plus, Search } from 'lucide-react'
import { type DragEvent, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/input.tsx'
import type { CatalogueEntry } from '../catalogue.ts'
import { ComponentIcon } from '../component-icon.tsx'
import { useWorkspace } from '../editor-context.tsx'

/** What a component dragged out of the sidebar carries: its type. */
export const DRAGGED_COMPONENT = 'application/x-runnel-component'

export interface ComponentSidebarProps {
  /** Adds a component where there is room. */
  readonly onAdd: (entry: CatalogueEntry) => void
}

/** Every component by category, with a search. */
export function ComponentSidebar({ onAdd }: ComponentSidebarProps): ReactNode {
  const { t } = useTranslation('editor')
  const { catalogue } = useWorkspace()
  const [search, setSearch] = useState('')
  const groups = useMemo(() => groupsOf(catalogue.entries, search), [catalogue, search])
  return (
    <aside aria-label={t('sidebar.label')} className="flex w-64 shrink-0 flex-col border-border border-r bg-surface">
      <div className="relative p-2">
        <Search size={14} className="absolute top-4.5 left-4.5 text-text-faint" />
        <TextInput
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('sidebar.search')}
          aria-label={t('sidebar.search')}
          data-testid="sidebar-search-input"
          className="pl-8"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.map(([category, entries]) => (
          <details key={category} open={search !== ''} className="group">
            <summary
              data-testid={`disclosure-${category}`}
              className="flex h-8 cursor-pointer items-center rounded-md px-2 font-medium text-sm hover:bg-surface-hover"
            >
              {category}
            </summary>
            <ul>
              {entries.map((entry) => (
                <SidebarItem key={entry.type} entry={entry} onAdd={onAdd} />
              ))}
            </ul>
          </details>
        ))}
        {groups.length === 0 ? <p className="p-4 text-center text-sm text-text-muted">{t('sidebar.empty')}</p> : null}
      </div>
    </aside>
  )
}

function SidebarItem({
  entry,
  onAdd,
}: {
  readonly entry: CatalogueEntry
  readonly onAdd: (entry: CatalogueEntry) => void
}): ReactNode {
  const { t } = useTranslation('editor')
  const { display_name: name, icon } = entry.component
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED_COMPONENT, entry.type)
    event.dataTransfer.effectAllowed = 'move'
  }
  return (
    <li
      draggable
      onDragStart={drag}
      data-testid={`${entry.category}${name}`}
      className="group/item flex h-8 cursor-grab items-center gap-2 rounded-md px-2 text-sm hover:bg-surface-hover"
    >
      <ComponentIcon name={icon} size={15} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <IconButton
        label={t('sidebar.add', { name })}
        size="sm"
        className="opacity-0 focus:opacity-100 group-hover/item:opacity-100"
        data-testid={`add-component-button-${name.toLowerCase().replaceAll(' ', '-')}`}
        onClick={() => onAdd(entry)}
      >
        <Plus size={14} />
      </IconButton>
    </li>
  )
}

function groupsOf(
  entries: readonly CatalogueEntry[],
  search: string,
): readonly (readonly [string, readonly CatalogueEntry[]])[] {
  const wanted = search.trim().toLowerCase()
  const found = entries.filter(
    ({ type, component }) =>
      !component.legacy && `${component.display_name} ${type} ${component.description}`.toLowerCase().includes(wanted),
  )
  const groups = Map.groupBy(found, ({ category }) => category)
  return [...groups].map(([category, list]) => [category, list] as const)
}
