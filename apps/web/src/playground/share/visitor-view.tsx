import type { AgentSteps } from '@runnel/protocol/sharing'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useSharing } from './use-sharing.ts'

const STEPS: readonly AgentSteps[] = ['none', 'titles', 'full']

/** What visitors of the shared flow are shown beside its answers. */
export function VisitorView({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useTranslation('playground')
  const { sharing, change } = useSharing(flowId)
  if (!sharing) return null
  return (
    <div className="flex flex-col gap-1 border-border border-t p-2 text-sm">
      <div className="flex min-h-8 items-center gap-2">
        <span className="flex-1">{t('share.steps')}</span>
        <Select
          label={t('share.steps')}
          value={sharing.agent_steps}
          options={STEPS.map((value) => ({ value, label: t(`share.stepsOf.${value}`) }))}
          onChange={(value) => void change({ agent_steps: value })}
          testId="share-steps"
        />
      </div>
      <div className="flex min-h-8 items-center gap-2">
        <span className="flex-1">{t('share.builtWith')}</span>
        <Switch
          label={t('share.builtWith')}
          checked={sharing.built_with}
          onChange={(value) => void change({ built_with: value })}
          testId="share-built-with"
        />
      </div>
    </div>
  )
}
