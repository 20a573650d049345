import { alertMeasures, alertWindows } from '@runnel/protocol/alert-terms'
import { type AlertRead, createAlert, replaceAlert } from '@runnel/protocol/alerts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { alertsChanged } from '../../../api/alerts.ts'
import { client } from '../../../api/client.ts'
import { flowHeadersQuery } from '../../../api/flows.ts'
import { projectsQuery } from '../../../api/projects.ts'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { Field, Labelled, TextInput } from '../../../ui/input.tsx'
import { Select } from '../../../ui/select.tsx'
import { TagsInput } from '../../../ui/tags-input.tsx'
import { type AlertDraft, bodyOf, draftOf, EMPTY, isComplete } from './alert-draft.ts'

export interface AlertDialogProps {
  /** The alert to change; without, one is made. */
  readonly alert: AlertRead | undefined
  readonly canEmail: boolean
  readonly onClose: () => void
}

/** What to watch, when to tell, and whom. */
export function AlertDialog({ alert, canEmail, onClose }: AlertDialogProps): ReactNode {
  const { t } = useTranslation('alerts')
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  const { data: projects = [] } = useQuery(projectsQuery)
  const [draft, setDraft] = useState(alert ? draftOf(alert) : EMPTY)
  const change = (part: Partial<AlertDraft>): void => setDraft({ ...draft, ...part })

  async function save(): Promise<void> {
    const body = bodyOf(draft, alert?.enabled ?? true)
    if (alert) await client.call(replaceAlert, { params: { alert_id: alert.id }, body })
    else await client.call(createAlert, { body })
    await alertsChanged()
  }

  return (
    <FormDialog
      title={alert ? t('dialog.edit') : t('dialog.add')}
      submit={t('dialog.save')}
      disabled={!isComplete(draft)}
      onSubmit={save}
      onClose={onClose}
      testId="alert-dialog"
    >
      <Field label={t('name')} required>
        <TextInput
          value={draft.name}
          maxLength={100}
          autoFocus
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Labelled label={t('watches')}>
        <Select
          label={t('watches')}
          value={draft.scope}
          options={[
            { value: 'all', label: t('allRuns') },
            ...projects.flatMap(({ id, name }) =>
              id ? [{ value: `project:${id}`, label: t('ofProject', { name }) }] : [],
            ),
            ...flows
              .filter((flow) => !flow.is_component)
              .map(({ id, name }) => ({ value: `flow:${id}`, label: t('ofFlow', { name }) })),
          ]}
          onChange={(scope) => change({ scope })}
        />
      </Labelled>
      <div className="grid gap-4 sm:grid-cols-3">
        <Labelled label={t('measure')}>
          <Select
            label={t('measure')}
            value={draft.measure}
            options={alertMeasures.map((value) => ({ value, label: t(`measures.${value}`) }))}
            onChange={(measure) => change({ measure })}
            testId="alert-measure"
          />
        </Labelled>
        {draft.measure === 'no_runs' ? null : (
          <Field label={t(`bounds.${draft.measure}`)} required>
            <TextInput
              type="number"
              min={0}
              max={draft.measure === 'error_rate' ? 100 : undefined}
              step="any"
              value={draft.threshold}
              onChange={(event) => change({ threshold: event.target.value })}
            />
          </Field>
        )}
        <Labelled label={t('window')}>
          <Select
            label={t('window')}
            value={draft.window}
            options={alertWindows.map((value) => ({ value, label: t(`windows.${value}`) }))}
            onChange={(window) => change({ window })}
          />
        </Labelled>
      </div>
      <Labelled label={t('emails')} hint={canEmail ? t('emailsHint') : t('noEmail')}>
        {canEmail ? (
          <TagsInput label={t('emails')} value={draft.emails} onChange={(emails) => change({ emails })} />
        ) : (
          <TextInput aria-label={t('emails')} disabled value={draft.emails.join(', ')} />
        )}
      </Labelled>
      <Field label={t('webhook')} hint={t('webhookHint')}>
        <TextInput
          type="url"
          value={draft.webhook}
          placeholder="https://"
          onChange={(event) => change({ webhook: event.target.value })}
        />
      </Field>
      {draft.webhook.trim() === '' ? null : (
        <Field label={t('secret')} hint={alert?.has_webhook_secret ? t('secretKept') : t('secretHint')}>
          <TextInput
            type="password"
            autoComplete="new-password"
            value={draft.secret}
            maxLength={200}
            onChange={(event) => change({ secret: event.target.value })}
          />
        </Field>
      )}
    </FormDialog>
  )
}
