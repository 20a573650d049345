import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import type { OAuthField } from '@runnel/protocol/mcp-auth-fields'
import { returnFromProvider } from '@runnel/protocol/mcp-oauth'
import { updateProjectTools } from '@runnel/protocol/project-tools'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { projectToolsChanged } from '../api/project-tools.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { type AuthForm, authForm, authSettings, isComplete } from './auth-form.ts'
import { OAuthFields } from './oauth-fields.tsx'

const TYPES = ['none', 'apikey', 'oauth'] as const

export interface AuthDialogProps {
  readonly projectId: string
  readonly settings: McpAuthSettings | null
  readonly initial: McpAuthSettings['auth_type']
  readonly onClose: () => void
}

/** Chooses who may call the MCP server of a project: everybody, holders of a key, or whoever signs in elsewhere. */
export function AuthDialog({ projectId, settings, initial, onClose }: AuthDialogProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [type, setType] = useState(initial)
  const [form, setForm] = useState<AuthForm>(() => authForm(settings, location))
  const set = (field: OAuthField, value: string): void => setForm({ ...form, [field]: value })
  const usual = returnFromProvider.path.replace(':project_id', projectId)

  async function save(): Promise<void> {
    const body = { settings: [], auth_settings: authSettings(type, form) }
    await client.call(updateProjectTools, { params: { project_id: projectId }, body })
    await projectToolsChanged(projectId)
  }

  return (
    <FormDialog
      title={t(settings === null ? 'auth.add' : 'auth.edit')}
      description={t('auth.text')}
      width="lg"
      submit={t('auth.save')}
      submitTestId="save-auth"
      disabled={type === 'oauth' && !isComplete(form)}
      onSubmit={save}
      onClose={onClose}
      testId="auth-dialog"
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('access.title')}</legend>
        {TYPES.map((one) => (
          <label
            key={one}
            className="flex cursor-pointer items-start gap-3 rounded-md border border-border p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="auth_type"
              value={one}
              checked={type === one}
              onChange={() => setType(one)}
              className="mt-1 accent-accent"
              data-testid={`auth-${one}`}
            />
            <span className="flex min-w-0 flex-col">
              <span className="font-medium text-sm">{t(`access.name.${one}`)}</span>
              <span className="text-sm text-text-muted">{t(`auth.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {type === 'none' ? (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          {t('auth.warning')}
        </p>
      ) : null}
      {type === 'oauth' ? <OAuthFields form={form} onChange={set} usualCallback={usual} /> : null}
    </FormDialog>
  )
}
