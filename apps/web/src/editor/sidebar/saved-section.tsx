import { useQuery } from '@tanstack/react-query'
import { Bookmark, ChevronRight, Plus } from 'lucide-react'
import { type DragEvent, type MouseEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { flowHeadersQuery } from '../../api/flows.ts'
import { componentText } from '../../i18n/component-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { confirm } from '../../ui/confirm.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { MenuAt } from '../../ui/menu.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { addSaved, removeSaved, type SavedComponent, savedComponents } from './saved-components.ts'

/** What a saved component dragged out of the sidebar carries: its node. */
export const DRAGGED_SAVED = 'application/x-runnel-saved'

/** Nodes the user has kept, to be used in any flow (W-12). @param search only those that contain it */
export function SavedSection({ search }: { readonly search: string }): ReactNode {
  const { t } = useTranslation('workspace')
  const [isOpen, setOpen] = useState(false)
  const wanted = search.trim().toLowerCase()
  const isShown = isOpen || wanted !== ''
  const { data: flows } = useQuery({ ...flowHeadersQuery(), enabled: isShown })
  const saved = savedComponents(flows ?? [])
  const found = saved.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (wanted !== '' && found.length === 0) return null
  return (
    <section>
      <button
        type="button"
        aria-expanded={isShown}
        data-sidebar-stop=""
        data-testid="disclosure-saved"
        onClick={() => setOpen(!isOpen)}
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-surface-hover"
      >
        <Bookmark size={15} className="text-text-muted" />
        <span className="flex-1 truncate text-left">{t('saved.title')}</span>
        <ChevronRight
          size={14}
          className={classNames('text-text-faint transition-transform', isShown && 'rotate-90')}
        />
      </button>
      {isShown ? (
        <ul>
          {found.map((one) => (
            <SavedItem key={one.id} saved={one} />
          ))}
        </ul>
      ) : null}
      {isShown && flows && saved.length === 0 ? (
        <p className="px-2 py-1 text-sm text-text-muted">{t('saved.none')}</p>
      ) : null}
    </section>
  )
}

function SavedItem({ saved }: { readonly saved: SavedComponent }): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { context } = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>()
  const { name, node } = saved
  const add = (): void => {
    const { x, y } = context.view.pointer()
    if (!isLocked) addSaved(workspace, saved, { x: x - 160, y: y - 120 })
  }
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED_SAVED, JSON.stringify({ nodes: [node], edges: [] }))
    event.dataTransfer.effectAllowed = 'move'
  }
  const download = (): void => {
    const file = {
      name,
      description: node.data.node.description,
      is_component: true,
      data: { nodes: [node], edges: [] },
    }
    saveFile(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }), `${name}.json`)
  }
  async function remove(): Promise<void> {
    const isMeant = await confirm({
      title: t('saved.deleteTitle', { name }),
      text: t('saved.deleteText'),
      confirm: t('saved.delete'),
      danger: true,
    })
    if (isMeant) await removeSaved(saved).catch((error: unknown) => notifyError(t('saved.notDeleted'), error))
  }
  return (
    <li className="group/item relative">
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in every browser */}
      <div
        role="button"
        tabIndex={0}
        data-sidebar-stop=""
        draggable={!isLocked}
        onDragStart={onDragStart}
        onDoubleClick={add}
        onContextMenu={(event: MouseEvent) => {
          event.preventDefault()
          setMenu({ x: event.clientX, y: event.clientY })
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          add()
        }}
        aria-label={t('saved.add', { name: componentText(name) })}
        data-testid={`saved${name}`}
        className="flex h-8 cursor-grab select-none items-center gap-2 rounded-md pr-8 pl-2 text-sm hover:bg-surface-hover"
      >
        <ComponentIcon name={node.data.node.icon} size={15} />
        <span className="min-w-0 flex-1 truncate">{componentText(name)}</span>
      </div>
      <IconButton
        label={t('saved.add', { name: componentText(name) })}
        size="sm"
        className="absolute! top-1 right-1 opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100"
        disabled={isLocked}
        onClick={add}
      >
        <Plus size={14} />
      </IconButton>
      {menu ? (
        <MenuAt
          at={menu}
          onClose={() => setMenu(undefined)}
          items={[
            { label: t('saved.download'), onSelect: download },
            { label: t('saved.delete'), onSelect: () => void remove(), danger: true, testId: 'delete-saved' },
          ]}
        />
      ) : null}
    </li>
  )
}
