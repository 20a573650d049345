import {
  createFlowVersion,
  deleteFlowVersion,
  type FlowVersionHeader,
  readFlowVersion,
} from '@runnel/protocol/flow-versions'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Download, Eye, GitCompare, RotateCcw, Trash2, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { mayEdit } from '../../projects/may.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { TextInput } from '../../ui/input.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { Time } from '../../ui/time.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { readDocument } from '../model/flow-document.ts'
import type { Autosave } from '../saving/autosave.ts'
import { restore } from './restore.ts'
import { flowVersionsQuery } from './version-document.ts'

/** What the flow was before: kept under a name, taken back, saved as a file, or deleted. */
export function VersionsPanel({ autosave }: { readonly autosave: Autosave }): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { flowId, ui } = workspace
  const shownId = useWorkspaceUi(({ preview }) => preview?.versionId)
  const isLocked = useEditorState((state) => state.isLocked)
  const [name, setName] = useState('')
  const params = { flow_id: flowId }
  const { data, refetch } = useQuery(flowVersionsQuery(flowId))
  const entries = data?.entries ?? []

  const attempt = async (perform: () => Promise<void>): Promise<void> => {
    try {
      await perform()
      await refetch()
    } catch (error) {
      notifyError(t('versions.failed'), error)
    }
  }
  const look = ({ id, version_tag: tag }: FlowVersionHeader): Promise<void> =>
    attempt(async () => {
      const { data } = await client.call(readFlowVersion, { params: { ...params, version_id: id } })
      ui.setState({ preview: { versionId: id, name: tag, document: readDocument(data) } })
    })
  const keep = (): Promise<void> =>
    attempt(async () => {
      if (!(await autosave.flush())) throw new Error(t('versions.notSaved'))
      await client.call(createFlowVersion, { params, body: { description: name.trim() || null } })
      setName('')
    })
  const take = ({ id, version_tag: tag }: FlowVersionHeader): Promise<void> =>
    attempt(async () => {
      if (!(await restore(workspace, autosave, id))) throw new Error(t('versions.notSaved'))
      notify('success', t('versions.restored', { name: tag }))
    })
  const download = ({ id, version_tag: tag }: FlowVersionHeader): Promise<void> =>
    attempt(async () => {
      const version = await client.call(readFlowVersion, { params: { ...params, version_id: id } })
      const text = JSON.stringify({ name: tag, description: version.description, data: version.data }, null, 2)
      saveFile(new Blob([text], { type: 'application/json' }), `${tag}.json`)
    })
  const remove = ({ id, version_tag: tag }: FlowVersionHeader): Promise<void> =>
    attempt(async () => {
      const question = { title: t('versions.deleteTitle', { name: tag }), text: t('versions.deleteText') }
      if (!(await confirm({ ...question, confirm: t('versions.delete'), danger: true }))) return
      await client.call(deleteFlowVersion, { params: { ...params, version_id: id } })
    })

  return (
    <aside
      aria-label={t('versions.title')}
      data-testid="versions-panel"
      className="flex h-full w-80 shrink-0 flex-col border-border border-l bg-surface max-md:fixed max-md:inset-0 max-md:z-40 max-md:w-full"
    >
      <div className="flex items-center gap-2 border-border border-b px-4 py-2">
        <h2 className="flex-1 font-semibold text-sm">{t('versions.title')}</h2>
        <IconButton label={t('versions.close')} size="sm" onClick={() => ui.setState({ rightPanel: undefined })}>
          <X size={14} />
        </IconButton>
      </div>
      {mayEdit(workspace) ? (
        <form
          className="flex gap-2 p-3"
          onSubmit={(event) => {
            event.preventDefault()
            void keep()
          }}
        >
          <TextInput
            value={name}
            maxLength={500}
            aria-label={t('versions.name')}
            placeholder={t('versions.name')}
            data-testid="version-name"
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" data-testid="keep-version">
            {t('versions.keep')}
          </Button>
        </form>
      ) : null}
      {entries.length === 0 ? <p className="px-4 text-sm text-text-muted">{t('versions.none')}</p> : null}
      <ul className="min-h-0 flex-1 overflow-y-auto px-2">
        {entries.map((version) => (
          <li key={version.id} className="flex items-center gap-1 rounded-md px-2 py-1.5 hover:bg-surface-hover">
            <div className="min-w-0 flex-1">
              <div className="wrap-anywhere line-clamp-2 text-sm">{version.description || version.version_tag}</div>
              <div className="text-text-muted text-xs">
                {version.version_tag} · <Time at={version.created_at} />
              </div>
            </div>
            <IconButton
              size="sm"
              label={t('versions.look', { name: version.version_tag })}
              aria-pressed={shownId === version.id}
              onClick={() => void look(version)}
            >
              <Eye size={14} />
            </IconButton>
            <Tooltip label={t('versions.compare', { name: version.version_tag })}>
              <Link
                to="/flow/$flowId/versions/compare"
                params={{ flowId }}
                search={{ from: version.id }}
                aria-label={t('versions.compare', { name: version.version_tag })}
                className="grid size-6 shrink-0 place-items-center rounded-md text-text-muted hover:bg-surface-hover hover:text-text"
              >
                <GitCompare size={14} />
              </Link>
            </Tooltip>
            <IconButton
              size="sm"
              label={t('versions.restore', { name: version.version_tag })}
              disabled={isLocked}
              onClick={() => void take(version)}
            >
              <RotateCcw size={14} />
            </IconButton>
            <IconButton
              size="sm"
              label={t('versions.export', { name: version.version_tag })}
              onClick={() => void download(version)}
            >
              <Download size={14} />
            </IconButton>
            {mayEdit(workspace) ? (
              <IconButton
                size="sm"
                label={t('versions.deleteOne', { name: version.version_tag })}
                onClick={() => void remove(version)}
              >
                <Trash2 size={14} />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
    </aside>
  )
}
