import { Command } from 'cmdk'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { isComposing } from '../../ui/input.tsx'
import type { CatalogueEntry } from '../catalogue.ts'
import { remove } from '../commands/remove.ts'
import { isTaken } from '../commands/single-nodes.ts'
import { ComponentIcon } from '../component-icon.tsx'
import { useCatalogue, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { addComponent, fitsIntoEdge, insertComponent } from '../sidebar/add-component.ts'
import { partnerHandle, scoreOf } from '../sidebar/search-components.ts'

const SHOWN = 40

/** A search at the pointer: what is chosen lands there, connected when a handle waits for it. */
export function QuickAdd(): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { ui, editor } = workspace
  const catalogue = useCatalogue()
  const asked = useWorkspaceUi(({ quickAdd }) => quickAdd)
  const [search, setSearch] = useState('')
  const entries = useMemo(
    () =>
      catalogue.entries
        .filter(({ component }) => !component.legacy || search !== '')
        .filter((entry) => !isTaken(workspace.editor.getDocument(), entry.type))
        .filter(
          ({ component, type }) =>
            !asked?.from || partnerHandle(editor.getDocument(), asked.from, component, type) !== undefined,
        )
        .filter((entry) => asked?.edgeId === undefined || fitsIntoEdge(editor.getDocument(), entry, asked.edgeId))
        .map((entry) => ({ entry, score: scoreOf(entry, search) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, SHOWN)
        .map(({ entry }) => entry),
    [catalogue, editor, workspace, asked, search],
  )
  if (!asked) return null
  const close = (): void => {
    ui.setState({ quickAdd: undefined })
    setSearch('')
    // The keys of the canvas go on where the search began.
    document.querySelector<HTMLElement>('#react-flow-id')?.focus({ preventScroll: true })
  }
  const choose = (entry: CatalogueEntry): void => {
    const { edgeId, replaces, flow, from } = asked
    if (edgeId !== undefined) insertComponent(workspace, entry, flow, edgeId)
    else if (addComponent(workspace, entry, flow, from) !== undefined && replaces !== undefined) {
      editor.apply(remove, { nodes: new Set<string>(), edges: new Set([replaces]) }, { continues: true })
    }
  }
  return (
    <>
      {/* biome-ignore lint/a11y: a click beside the search closes it, as Escape does */}
      <div className="fixed inset-0 z-40" onClick={close} onContextMenu={close} />
      <Command
        label={t('quickAdd.label')}
        shouldFilter={false}
        className="fixed z-50 w-72 overflow-hidden rounded-md border border-border bg-surface shadow-3"
        style={{ left: Math.min(asked.screen.x, innerWidth - 300), top: Math.min(asked.screen.y, innerHeight - 340) }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isComposing(event)) return
          event.stopPropagation()
          close()
        }}
      >
        <Command.Input
          autoFocus
          value={search}
          onValueChange={setSearch}
          placeholder={t('quickAdd.placeholder')}
          className="h-10 w-full border-border border-b bg-surface px-3 text-sm outline-none"
          data-testid="quick-add-input"
        />
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="p-4 text-center text-sm text-text-muted">{t('sidebar.empty')}</Command.Empty>
          {entries.map((entry) => (
            <Command.Item
              key={entry.type}
              value={entry.type}
              onSelect={() => {
                choose(entry)
                close()
              }}
              className="flex h-8 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-surface-hover"
            >
              <ComponentIcon name={entry.component.icon} size={15} />
              <span className="truncate">{componentText(entry.component.display_name)}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </>
  )
}
