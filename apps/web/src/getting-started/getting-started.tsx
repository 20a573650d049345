import { updateUser } from '@runnel/protocol/users'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Circle, CircleCheck, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowHeadersQuery } from '../api/flows.ts'
import { enabledProvidersQuery } from '../api/models.ts'
import { publishedFlowsQuery } from '../api/publications.ts'
import { flowRunsQuery } from '../api/runs.ts'
import { configQuery } from '../api/server-info.ts'
import { sessionQuery } from '../api/session.ts'
import { attempt } from '../ui/attempt.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { hasBegun, progressOf, type Step, stepsOf } from './steps.ts'

/** The first steps of a new user, until they are done or closed for good. */
export function GettingStarted(): ReactNode {
  const { data: config } = useQuery(configQuery)
  const { data: session } = useQuery(sessionQuery)
  const isWanted = config?.hide_getting_started_progress === false && session?.user?.optins.dialog_dismissed !== true
  return isWanted && session?.user ? <Checklist userId={session.user.id} /> : null
}

function Checklist({ userId }: { readonly userId: string }): ReactNode {
  const { t } = useTranslation('getting-started')
  const { data: flows } = useQuery(flowHeadersQuery())
  const { data: runs } = useQuery(flowRunsQuery)
  const { data: published } = useQuery(publishedFlowsQuery)
  const { data: providers } = useQuery(enabledProvidersQuery)
  /** The last step may be taken here: that is worth a word. Who had taken all before is no beginner. */
  const [wasBeginner, setBeginner] = useState(false)
  if (!flows || !runs || !published || !providers) return null
  const steps = stepsOf({
    hasModel: providers.length > 0,
    hasFlow: hasBegun(flows),
    hasRun: runs.size > 0,
    hasPublished: published.size > 0,
  })
  const progress = progressOf(steps)
  if (progress < 100 && !wasBeginner) setBeginner(true)
  if (progress === 100 && !wasBeginner) return null

  const close = (): Promise<boolean> =>
    attempt(t('failed'), async () => {
      await client.call(updateUser, { params: { user_id: userId }, body: { optins: { dialog_dismissed: true } } })
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    })

  return (
    <section
      aria-label={t('title')}
      className="mt-3 flex flex-col gap-2 rounded-md border border-border bg-surface p-3"
      data-testid="getting-started"
    >
      <div className="flex items-center gap-2">
        <h2 className="flex-1 font-medium text-sm">{t('title')}</h2>
        <span className="text-text-muted text-xs tabular-nums">{t('progress', { progress })}</span>
        <IconButton label={t('close')} size="sm" tooltipSide="right" onClick={() => void close()}>
          <X size={14} />
        </IconButton>
      </div>
      <ProgressBar label={t('title')} percent={progress} />
      <ol className="flex flex-col">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
      {progress === 100 ? <p className="text-success text-xs">{t('done')}</p> : null}
    </section>
  )
}

function StepLine({ step: { name, to, isDone } }: { readonly step: Step }): ReactNode {
  const { t } = useTranslation('getting-started')
  return (
    <li>
      <Link
        to={to}
        className={classNames(
          'flex min-h-7 items-center gap-2 rounded-sm text-sm hover:text-text hover:underline',
          isDone ? 'text-text-muted' : '',
        )}
      >
        {isDone ? (
          <CircleCheck size={14} role="img" aria-label={t('ticked')} className="shrink-0 text-success" />
        ) : (
          <Circle size={14} role="img" aria-label={t('open')} className="shrink-0 text-text-faint" />
        )}
        {t(`step.${name}`)}
      </Link>
    </li>
  )
}
