import { type ProjectRead, updateProject } from '@runnel/protocol/projects'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { projectsChanged } from '../api/projects.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Switch } from '../ui/switch.tsx'

export interface ProjectSettingsProps {
  readonly project: ProjectRead
  readonly onClose: () => void
}

/** What a project asks of the server: whether what its runs are given and give is kept. */
export function ProjectSettings({ project, onClose }: ProjectSettingsProps): ReactNode {
  const { t } = useTranslation('common')
  const [isPrivate, setPrivate] = useState(!project.stores_payloads)

  async function save(): Promise<void> {
    const body = { stores_payloads: !isPrivate }
    await client.call(updateProject, { params: { project_id: project.id }, body })
    await projectsChanged()
  }

  return (
    <FormDialog
      title={t('projects.settingsOf', { name: project.name })}
      submit={t('projects.saveSettings')}
      submitTestId="save-project-settings"
      onSubmit={save}
      onClose={onClose}
      testId="project-settings"
    >
      <div className="flex items-start gap-3">
        <Switch checked={isPrivate} onChange={setPrivate} label={t('projects.private')} testId="project-private" />
        <div className="flex min-w-0 flex-col gap-1 text-sm">
          <span className="font-medium">{t('projects.private')}</span>
          <span className="text-text-muted">{t('projects.privateHint')}</span>
          {isPrivate ? <span className="text-text-muted">{t('projects.privateKeeps')}</span> : null}
        </div>
      </div>
    </FormDialog>
  )
}
