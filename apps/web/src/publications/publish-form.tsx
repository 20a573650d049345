import { type Publication, publishFlow } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { client } from '../api/client.ts'
import { publicationCheckQuery, publicationsChanged } from '../api/publications.ts'
import { useActions } from '../editor/actions/use-actions.tsx'
import { useWorkspace } from '../editor/editor-context.tsx'
import type { Autosave } from '../editor/saving/autosave.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { Time } from '../ui/time.tsx'
import { BreakingList, DifferenceList } from './difference-list.tsx'
import { ProblemList } from './problem-list.tsx'
import { type Refusal, refusalOf } from './refusal.ts'
import { PublicationBadge } from './status-badge.tsx'

export interface PublishFormProps {
  readonly flowId: string
  readonly autosave: Autosave
  /** Null for a flow that was never published. */
  readonly publication: Publication | null
  /** Told the number of the new version. */
  readonly onPublished: (version: number) => void
}

/** What publishing would meet, and the button that does it. The flow is saved first. */
export function PublishForm({ flowId, autosave, publication, onPublished }: PublishFormProps): ReactNode {
  const { t } = useTranslation('api')
  const { ui, editor } = useWorkspace()
  const { context } = useActions()
  const isSaved = useStore(autosave.store, ({ kind }) => kind === 'saved')
  const draft = autosave.saved().version
  // The server looks at what it has: worth asking once that is what is on the screen.
  const { data: check } = useQuery({ ...publicationCheckQuery(flowId, draft), enabled: isSaved })
  const [refused, setRefused] = useState<{ readonly draft: string; readonly refusal: Refusal }>()
  const [note, setNote] = useState('')
  const [accepted, setAccepted] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const refusal = refused?.draft === draft ? refused.refusal : undefined
  const problems = refusal?.problems ?? check?.problems ?? []
  const breaking = refusal?.breaking ?? (problems.length > 0 ? [] : (check?.breaking ?? []))
  const warnings = check?.warnings ?? []
  const isAccepted = accepted === draft

  async function publish(): Promise<void> {
    setBusy(true)
    setRefused(undefined)
    try {
      if (!(await autosave.flush())) {
        setRefused({ draft: autosave.saved().version, refusal: { message: t('publish.notSaved') } })
        return
      }
      const body = { note: note.trim() || null, ...(isAccepted && { accept_breaking: true }) }
      const { version } = await client.call(publishFlow, { params: { flow_id: flowId }, body })
      await publicationsChanged()
      onPublished(version)
    } catch (error) {
      setRefused({ draft: autosave.saved().version, refusal: refusalOf(error) })
    } finally {
      setBusy(false)
    }
  }

  function show(nodeId: string): void {
    ui.setState({ dialog: undefined })
    editor.select({ nodes: new Set([nodeId]), edges: new Set() })
    requestAnimationFrame(() => context.view.fit([nodeId]))
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void publish()
      }}
    >
      {publication ? (
        <p className="flex flex-wrap items-center gap-2 text-sm text-text-muted">
          <PublicationBadge status={publication.status} />
          {t('publish.last', { version: publication.version, name: publication.published_by })}
          <Time at={publication.published_at} />
        </p>
      ) : null}
      <p className="text-sm">{t('publish.text')}</p>
      {problems.length > 0 ? (
        <ProblemList tone="danger" title={t('publish.problems')} problems={problems} onShow={show} />
      ) : null}
      {refusal?.message ? (
        <p role="alert" className="text-danger text-sm">
          {refusal.message}
        </p>
      ) : null}
      {breaking.length > 0 ? (
        <section className="flex flex-col gap-2 rounded-md bg-warning-soft p-3">
          <h3 className="font-medium text-sm text-warning">{t('publish.breaking')}</h3>
          <BreakingList changes={breaking} />
          <div className="flex items-center gap-1 text-sm">
            <Checkbox
              checked={isAccepted}
              label={t('publish.accept')}
              onChange={(yes) => setAccepted(yes ? draft : undefined)}
              testId="accept-breaking"
            />
            <span>{t('publish.accept')}</span>
          </div>
        </section>
      ) : null}
      {warnings.length > 0 ? (
        <ProblemList tone="warning" title={t('publish.warnings')} problems={warnings} onShow={show} />
      ) : null}
      {publication && check?.changes?.length ? (
        <details className="text-sm">
          <summary className="cursor-pointer font-medium">
            {t('publish.changes', { count: check.changes.length, version: publication.version })}
          </summary>
          <div className="mt-2 max-h-60 overflow-y-auto">
            <DifferenceList changes={check.changes} />
          </div>
        </details>
      ) : null}
      <Field label={t('publish.note')} hint={t('publish.noteHint')}>
        <TextInput
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          data-testid="publish-note"
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={() => ui.setState({ dialog: undefined })}>{t('publish.cancel')}</Button>
        <Button
          type="submit"
          look="primary"
          disabled={isBusy || problems.length > 0 || (breaking.length > 0 && !isAccepted)}
          data-testid="save-and-publish"
        >
          {isBusy ? t('publish.busy') : t('publish.submit')}
        </Button>
      </div>
    </form>
  )
}
