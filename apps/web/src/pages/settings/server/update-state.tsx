import { checkForUpdate } from '@runnel/protocol/instance'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../../../api/client.ts'
import { updateQuery } from '../../../api/instance.ts'
import { attempt } from '../../../ui/attempt.ts'
import { Button } from '../../../ui/button.tsx'
import { Badge } from '../../../ui/status.tsx'
import { Time } from '../../../ui/time.tsx'

/** Whether there is a newer release; superusers may have that asked again. */
export function UpdateState({ mayAsk }: { readonly mayAsk: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  const { data } = useQuery(updateQuery)
  const [isAsking, setAsking] = useState(false)
  if (!data) return null

  async function ask(): Promise<void> {
    setAsking(true)
    await attempt(t('server.update.notAsked'), async () => {
      queryClient.setQueryData(updateQuery.queryKey, await client.call(checkForUpdate, {}))
    })
    setAsking(false)
  }

  return (
    <span className="flex flex-wrap items-center gap-2" data-testid="update-state">
      {data.status === 'available' ? (
        <Badge tone="accent">{t('server.update.available', { version: data.latest })}</Badge>
      ) : (
        <span>{t(`server.update.${data.status}`)}</span>
      )}
      {data.checked_at === null ? null : (
        <span className="text-text-muted text-xs">
          <Time at={data.checked_at} />
        </span>
      )}
      {mayAsk && data.status !== 'off' ? (
        <Button size="sm" onClick={() => void ask()} disabled={isAsking} data-testid="check-update">
          {t('server.update.ask')}
        </Button>
      ) : null}
    </span>
  )
}
