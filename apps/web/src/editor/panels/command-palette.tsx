import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { stayWhileComposing } from '../../ui/input.tsx'
import { actionIds } from '../actions/shortcuts.ts'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useCatalogue, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { isNote } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'
import { scoreOf } from '../sidebar/search-components.ts'

const ROW = 'flex h-9 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-surface-hover'
const HEADING =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-text-muted'

/** Everything that can be done, by its name: actions, nodes to go to, components to add. */
export function CommandPalette(): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const catalogue = useCatalogue()
  const actions = useActions()
  const isOpen = useWorkspaceUi(({ dialog }) => dialog === 'palette')
  const [search, setSearch] = useState('')
  if (!isOpen) return null
  const close = (): void => {
    workspace.ui.setState({ dialog: undefined })
    setSearch('')
  }
  const after = (perform: () => void) => (): void => {
    close()
    // The dialog gives the focus back first.
    requestAnimationFrame(perform)
  }
  const wanted = search.trim().toLowerCase()
  const offered = actionIds
    .filter((id) => id !== 'palette' && id !== 'select-none' && actions.isEnabled(id))
    .filter((id) => t(`actions.${id}`).toLowerCase().includes(wanted))
  const nodes = workspace.editor
    .getDocument()
    .nodes.filter((node) => !isNote(node) && node.data.node.display_name.toLowerCase().includes(wanted))
    .slice(0, 8)
  const components =
    wanted === ''
      ? []
      : catalogue.entries
          .map((entry) => ({ entry, score: entry.component.legacy ? 0 : scoreOf(entry, wanted) }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score)
          .slice(0, 8)
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay data-veil="" className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          onEscapeKeyDown={stayWhileComposing}
          className="fixed top-[15vh] left-1/2 z-50 w-[min(560px,calc(100vw-32px))] -translate-x-1/2 overflow-hidden rounded-lg border border-border bg-surface shadow-3"
        >
          <Dialog.Title className="sr-only">{t('actions.palette')}</Dialog.Title>
          <Command label={t('actions.palette')} shouldFilter={false}>
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder={t('palette.placeholder')}
              className="h-12 w-full border-border border-b bg-surface px-4 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              <Command.Empty className="p-6 text-center text-sm text-text-muted">{t('palette.nothing')}</Command.Empty>
              {offered.length > 0 ? (
                <Command.Group heading={t('palette.actions')} className={HEADING}>
                  {offered.map((id) => (
                    <Command.Item
                      key={id}
                      value={`do ${id}`}
                      className={ROW}
                      onSelect={after(() => actions.perform(id))}
                    >
                      <span className="flex-1">{t(`actions.${id}`)}</span>
                      <kbd className="font-sans text-text-faint text-xs">{actions.keysOf(id)}</kbd>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
              {nodes.length > 0 ? (
                <Command.Group heading={t('palette.nodes')} className={HEADING}>
                  {nodes.map((node) => (
                    <Command.Item
                      key={node.id}
                      value={`go ${node.id}`}
                      className={ROW}
                      onSelect={after(() => {
                        workspace.editor.select({ nodes: new Set([node.id]), edges: new Set() })
                        actions.context.view.fit([node.id])
                      })}
                    >
                      <ComponentIcon name={node.data.node.icon} size={15} />
                      <span className="flex-1 truncate">{componentText(node.data.node.display_name)}</span>
                      <span className="text-text-faint text-xs">{node.id}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
              {components.length > 0 ? (
                <Command.Group heading={t('palette.components')} className={HEADING}>
                  {components.map(({ entry }) => (
                    <Command.Item
                      key={entry.type}
                      value={`add ${entry.type}`}
                      className={ROW}
                      onSelect={after(() => void addComponent(workspace, entry, actions.context.view.pointer()))}
                    >
                      <ComponentIcon name={entry.component.icon} size={15} />
                      <span className="flex-1 truncate">{componentText(entry.component.display_name)}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
