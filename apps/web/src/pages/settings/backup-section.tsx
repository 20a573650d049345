import { downloadBackup, type RestoredBackup, restoreBackup } from '@runnel/protocol/backup'
import { type BackupConflict, backupConflicts } from '@runnel/protocol/backup-conflicts'
import { useQuery } from '@tanstack/react-query'
import { Download, Upload } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowsChanged } from '../../api/flows.ts'
import { projectsChanged, projectsQuery } from '../../api/projects.ts'
import { listed } from '../../i18n/listed.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { chooseFiles, saveFile } from '../../ui/file-drop.tsx'
import { Labelled } from '../../ui/input.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'

/** Stands for all projects; no id is such a text. */
const ALL = 'all'

/** Takes all a user has, or a project, out as a zip, and brings one back. */
export function BackupSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: projects = [] } = useQuery(projectsQuery)
  const [chosen, setChosen] = useState(ALL)
  const [withFiles, setWithFiles] = useState(false)
  const [conflicts, setConflicts] = useState<BackupConflict>('skip')
  const [isBusy, setBusy] = useState(false)
  const [restored, setRestored] = useState<RestoredBackup>()

  async function busily(failure: string, work: () => Promise<void>): Promise<void> {
    setBusy(true)
    await attempt(failure, work)
    setBusy(false)
  }

  const take = (): Promise<void> =>
    busily(t('backup.exportFailed'), async () => {
      const query = { files: withFiles, ...(chosen !== ALL && { project_id: chosen }) }
      const response = await client.request(downloadBackup, { query })
      if (!response.ok) throw new Error(`The server answered ${response.status}`)
      saveFile(await response.blob(), `${new Date().toISOString().slice(0, 10)}_backup.zip`)
    })

  const bring = (file: File | undefined): Promise<void> =>
    busily(t('backup.importFailed'), async () => {
      if (!file) return
      setRestored(undefined)
      const form = new FormData()
      form.append('file', file)
      setRestored(await client.call(restoreBackup, { query: { conflicts }, form }))
      await Promise.all([projectsChanged(), flowsChanged()])
    })

  return (
    <Section title={t('backup.title')} description={t('backup.text')}>
      <div className="flex max-w-3xl flex-col gap-6">
        <section aria-label={t('backup.export')} className="flex flex-col gap-3">
          <h3 className="font-medium">{t('backup.export')}</h3>
          <div className="flex flex-wrap items-end gap-3">
            <Labelled label={t('backup.what')}>
              <Select
                label={t('backup.what')}
                value={chosen}
                options={[
                  { value: ALL, label: t('backup.all') },
                  ...projects.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={setChosen}
              />
            </Labelled>
            <span className="flex h-8 items-center gap-2 text-sm">
              <Switch checked={withFiles} onChange={setWithFiles} label={t('backup.files')} testId="backup-files" />
              {t('backup.files')}
            </span>
            <Button look="primary" disabled={isBusy} onClick={() => void take()} data-testid="export-backup">
              <Download size={14} />
              {t('backup.download')}
            </Button>
          </div>
          <p className="text-sm text-text-muted">{t('backup.secrets')}</p>
        </section>
        <section aria-label={t('backup.import')} className="flex flex-col gap-3">
          <h3 className="font-medium">{t('backup.import')}</h3>
          <div className="flex flex-wrap items-end gap-3">
            <Labelled label={t('backup.conflicts')}>
              <Select
                label={t('backup.conflicts')}
                value={conflicts}
                options={backupConflicts.map((one) => ({ value: one, label: t(`backup.${one}`) }))}
                onChange={setConflicts}
              />
            </Labelled>
            <Button
              disabled={isBusy}
              onClick={() => chooseFiles('.zip', ([file]) => void bring(file))}
              data-testid="import-backup"
            >
              <Upload size={14} />
              {t('backup.choose')}
            </Button>
          </div>
          {restored ? (
            <div role="status" className="rounded-md bg-surface-muted p-3 text-sm" data-testid="backup-restored">
              <p>{t('backup.flowsDone', restored.flows)}</p>
              <p>{t('backup.filesDone', restored.files)}</p>
              {restored.missing_variables.length > 0 ? (
                <p className="text-warning">{t('backup.missing', { names: listed(restored.missing_variables) })}</p>
              ) : null}
            </div>
          ) : null}
        </section>
      </div>
    </Section>
  )
}
