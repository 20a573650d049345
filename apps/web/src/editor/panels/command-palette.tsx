import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PlaceGroups } from '../../app/place-groups.tsx'
import { componentText } from '../../i18n/component-text.ts'
import { PaletteDialog, PaletteGroup } from '../../ui/palette-dialog.tsx'
import { actionIds } from '../actions/shortcuts.ts'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useCatalogue, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { isNote } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'
import { scoreOf } from '../sidebar/search-components.ts'

/** Everything that can be done, by its name: actions, nodes to go to, components to add, places to go to. */
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
    <PaletteDialog
      label={t('actions.palette')}
      placeholder={t('palette.placeholder')}
      nothing={t('palette.nothing')}
      search={search}
      onSearch={setSearch}
      onClose={close}
    >
      <PaletteGroup
        heading={t('palette.actions')}
        entries={offered.map((id) => ({
          id: `do ${id}`,
          name: t(`actions.${id}`),
          hint: <kbd className="font-sans text-text-faint text-xs">{actions.keysOf(id)}</kbd>,
          onSelect: after(() => actions.perform(id)),
        }))}
      />
      <PaletteGroup
        heading={t('palette.nodes')}
        entries={nodes.map((node) => ({
          id: `go ${node.id}`,
          name: componentText(node.data.node.display_name),
          icon: <ComponentIcon name={node.data.node.icon} size={15} />,
          hint: <span className="text-text-faint text-xs">{node.id}</span>,
          onSelect: after(() => {
            workspace.editor.select({ nodes: new Set([node.id]), edges: new Set() })
            actions.context.view.fit([node.id])
          }),
        }))}
      />
      <PaletteGroup
        heading={t('palette.components')}
        entries={components.map(({ entry }) => ({
          id: `add ${entry.type}`,
          name: componentText(entry.component.display_name),
          icon: <ComponentIcon name={entry.component.icon} size={15} />,
          onSelect: after(() => void addComponent(workspace, entry, actions.context.view.pointer())),
        }))}
      />
      {/* What can be done here does not wait for where one can go. */}
      <Suspense fallback={null}>{wanted === '' ? null : <PlaceGroups search={search} onGo={close} />}</Suspense>
    </PaletteDialog>
  )
}
