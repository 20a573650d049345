import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import { Badge } from '../../ui/status.tsx'
import { useActions } from '../actions/use-actions.tsx'
import type { CatalogueEntry } from '../catalogue.ts'
import { newNode } from '../commands/new-node.ts'
import { isTaken } from '../commands/single-nodes.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { addComponent } from './add-component.ts'
import { SidebarItem } from './sidebar-item.tsx'

/** What a component dragged out of the sidebar carries: its type. */
export const DRAGGED_COMPONENT = 'application/x-runnel-component'

/** A component of the server. */
export function CatalogueItem({ entry }: { readonly entry: CatalogueEntry }): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { context } = useActions()
  const { display_name: label, description, icon, beta, legacy } = entry.component
  const name = componentText(label)
  const isUsedUp = useEditorState(({ document }) => isTaken(document, entry.type))
  const add = (at: Point): void => {
    const id = addComponent(workspace, entry, at, workspace.ui.getState().handleFilter)
    if (id === undefined) context.say('notice', 'sidebar.taken', { name })
  }
  return (
    <SidebarItem
      icon={icon}
      name={name}
      addLabel={t('sidebar.add', { name })}
      dragged={{ type: DRAGGED_COMPONENT, data: () => entry.type }}
      onAdd={add}
      isUsedUp={isUsedUp}
      title={isUsedUp ? t('sidebar.taken', { name }) : description && componentText(description)}
      badges={
        <>
          {beta ? <Badge tone="info">{t('node.beta')}</Badge> : null}
          {legacy ? <Badge tone="warning">{t('node.legacy')}</Badge> : null}
        </>
      }
      menu={[{ label: t('sidebar.download'), onSelect: () => download(entry), testId: 'download-component' }]}
      testId={`${entry.category}${label}`}
      dragTestId={`${entry.category}_${label}_draggable`.toLowerCase()}
      addTestId={`add-component-button-${label.toLowerCase().replaceAll(' ', '-')}`}
    />
  )
}

function download({ type, component }: CatalogueEntry): void {
  const { id, position, data, type: kind } = newNode(type, component, { x: 0, y: 0 })
  const { display_name: name, description } = component
  saveComponentFile(name, description, { id, type: kind, position, data })
}

/** Saves a node as the file of a component: a flow of one node. */
export function saveComponentFile(name: string, description: string, node: object): void {
  const file = { name, description, is_component: true, data: { nodes: [node], edges: [] } }
  saveFile(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }), `${name}.json`)
}
