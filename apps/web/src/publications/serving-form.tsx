import { changePublication, type Publication } from '@runnel/protocol/publications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { publicationsChanged } from '../api/publications.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { notify } from '../ui/notifications.tsx'
import { Switch } from '../ui/switch.tsx'
import { servingBody, servingDraft, servingProblems } from './serving-draft.ts'

/** How a published flow is served: how long answers are given again, and how often it may be called. */
export function ServingForm({ flow }: { readonly flow: Publication }): ReactNode {
  const { t } = useTranslation('api')
  const [draft, setDraft] = useState(() => servingDraft(flow))
  const [refusal, setRefusal] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const problems = servingProblems(draft)
  async function save(): Promise<void> {
    setBusy(true)
    setRefusal(undefined)
    try {
      await client.call(changePublication, { params: { flow_id: flow.flow_id }, body: servingBody(draft) })
      notify('success', t('serving.saved'))
      await publicationsChanged()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-4"
      data-testid="serving-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <span className="font-medium text-sm">{t('serving.cache')}</span>
          <span className="text-text-muted text-xs">{t('serving.cacheHint')}</span>
        </div>
        <Switch
          label={t('serving.cache')}
          checked={draft.isCached}
          onChange={(isCached) => setDraft({ ...draft, isCached })}
          testId="serving-cache"
        />
      </div>
      {draft.isCached ? (
        <Field
          label={t('serving.seconds')}
          error={problems.includes('seconds') ? t('serving.secondsProblem') : undefined}
        >
          <TextInput
            inputMode="numeric"
            value={draft.seconds}
            onChange={(event) => setDraft({ ...draft, seconds: event.target.value })}
            data-testid="serving-seconds"
          />
        </Field>
      ) : null}
      <Field
        label={t('serving.rate')}
        hint={t('serving.rateHint')}
        error={problems.includes('rate') ? t('serving.rateProblem') : undefined}
      >
        <TextInput
          inputMode="decimal"
          value={draft.rate}
          onChange={(event) => setDraft({ ...draft, rate: event.target.value })}
          data-testid="serving-rate"
        />
      </Field>
      {refusal ? (
        <p role="alert" className="text-danger text-sm">
          {refusal}
        </p>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={isBusy || problems.length > 0} data-testid="save-serving">
          {t('serving.save')}
        </Button>
      </div>
    </form>
  )
}
