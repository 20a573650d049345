import { readSharing, type Sharing, updateSharing } from '@runnel/protocol/sharing'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { notifyError } from '../../ui/notifications.tsx'

export interface UsedSharing {
  /** Undefined until it was read. */
  readonly sharing: Sharing | undefined
  /** Shows the change at once, and takes it back when the server refuses. Resolves with whether it was kept. */
  change(part: Partial<Sharing>): Promise<boolean>
}

/** What visitors of a flow are shown and where, and how that is changed. */
export function useSharing(flowId: string): UsedSharing {
  const { t } = useTranslation('playground')
  const queryClient = useQueryClient()
  const queryKey = ['sharing', flowId]
  const { data: sharing } = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.call(readSharing, { params: { flow_id: flowId }, signal }),
  })
  return {
    sharing,
    async change(part) {
      if (!sharing) return false
      const next = { ...sharing, ...part }
      queryClient.setQueryData(queryKey, next)
      try {
        await client.call(updateSharing, { params: { flow_id: flowId }, body: next })
        return true
      } catch (error) {
        queryClient.setQueryData(queryKey, sharing)
        notifyError(t('share.failed'), error)
        return false
      }
    },
  }
}
