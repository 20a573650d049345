import { type AgentSteps, readSharing, type Sharing, updateSharing } from '@runnel/protocol/sharing'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { notifyError } from '../../ui/notifications.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'

const STEPS: readonly AgentSteps[] = ['none', 'titles', 'full']

/** What visitors of the shared flow are shown beside its answers (P-60, P-61). */
export function VisitorView({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useTranslation('playground')
  const queryClient = useQueryClient()
  const queryKey = ['sharing', flowId]
  const { data: sharing } = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.call(readSharing, { params: { flow_id: flowId }, signal }),
  })
  if (!sharing) return null
  const change = async (part: Partial<Sharing>): Promise<void> => {
    const next = { ...sharing, ...part }
    queryClient.setQueryData(queryKey, next)
    try {
      await client.call(updateSharing, { params: { flow_id: flowId }, body: next })
    } catch (error) {
      queryClient.setQueryData(queryKey, sharing)
      notifyError(t('share.failed'), error)
    }
  }
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
