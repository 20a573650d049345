import { useQuery } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { flowHeadersQuery } from '../../api/flows.ts'
import { componentText } from '../../i18n/component-text.ts'
import { confirm } from '../../ui/confirm.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { saveComponentFile } from './catalogue-item.tsx'
import { addSaved, removeSaved, type SavedComponent, savedComponents } from './saved-components.ts'
import { SidebarHeading } from './sidebar-heading.tsx'
import { SidebarItem } from './sidebar-item.tsx'

/** What a saved component dragged out of the sidebar carries: its node. */
export const DRAGGED_SAVED = 'application/x-runnel-saved'

/** Nodes the user has kept, to be used in any flow. @param search only those that contain it */
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
      <SidebarHeading
        icon={Bookmark}
        name={t('saved.title')}
        isOpen={isShown}
        onToggle={() => setOpen(!isOpen)}
        testId="disclosure-saved"
      />
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
  const { name, node } = saved
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
    <SidebarItem
      icon={node.data.node.icon}
      name={componentText(name)}
      addLabel={t('saved.add', { name: componentText(name) })}
      dragged={{ type: DRAGGED_SAVED, data: () => JSON.stringify({ nodes: [node], edges: [] }) }}
      onAdd={(at) => addSaved(workspace, saved, at)}
      menu={[
        {
          label: t('saved.download'),
          onSelect: () => saveComponentFile(name, node.data.node.description, node),
        },
        { label: t('saved.delete'), onSelect: () => void remove(), danger: true, testId: 'delete-saved' },
      ]}
      testId={`saved${name}`}
    />
  )
}
