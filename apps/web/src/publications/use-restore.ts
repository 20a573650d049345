import { restorePublishedVersion } from '@runnel/protocol/publications'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { publicationsChanged } from '../api/publications.ts'
import { useWorkspace } from '../editor/editor-context.tsx'
import { readDocument } from '../editor/model/flow-document.ts'
import type { Autosave } from '../editor/saving/autosave.ts'
import { attempt } from '../ui/attempt.ts'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'

/** Gives the open flow the content of a published version, once the user says yes. What it had is saved first. */
export function useRestore(autosave: Autosave): (version: number) => Promise<void> {
  const { t } = useTranslation('api')
  const { flowId, editor } = useWorkspace()
  return async (version) => {
    const title = t('versions.restoreTitle', { version })
    if (!(await confirm({ title, text: t('versions.restoreText'), confirm: t('versions.restore') }))) return
    const worked = await attempt(t('versions.restoreFailed'), async () => {
      if (!(await autosave.flush())) throw new Error(t('versions.notSaved'))
      const params = { flow_id: flowId, version }
      const { data, version_token: token } = await client.call(restorePublishedVersion, { params })
      const document = readDocument(data)
      editor.replace(document)
      autosave.rebase(document, token)
    })
    if (worked) notify('success', t('versions.restored', { version }))
    await publicationsChanged()
  }
}
