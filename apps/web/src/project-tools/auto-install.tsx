import { type McpClient, mcpClientNames, mcpClients } from '@runnel/protocol/mcp-clients'
import { installProject } from '@runnel/protocol/project-tools'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged } from '../api/api-keys.ts'
import { client as server } from '../api/client.ts'
import { installedClientsQuery, projectToolsChanged } from '../api/project-tools.ts'
import { attempt } from '../ui/attempt.ts'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/notifications.tsx'
import { Skeleton } from '../ui/status.tsx'

/** Adds the project to the programs of this machine, where the server runs on it too; else says why it cannot. */
export function AutoInstall({ projectId }: { readonly projectId: string }): ReactNode {
  const { t } = useTranslation('project-tools')
  const { data: clients, isPending } = useQuery(installedClientsQuery(projectId))
  const [busy, setBusy] = useState<McpClient>()
  if (isPending) return <Skeleton className="h-40" />

  async function install(client: McpClient): Promise<void> {
    setBusy(client)
    const isDone = await attempt(t('install.failed', { client: mcpClientNames[client] }), () =>
      server.call(installProject, { params: { project_id: projectId }, body: { client, transport: 'streamablehttp' } }),
    )
    if (isDone) notify('success', t('install.done', { client: mcpClientNames[client] }))
    await Promise.all([projectToolsChanged(projectId), apiKeysChanged()])
    setBusy(undefined)
  }

  const everywhere = clients?.every(({ reason }) => reason === 'remote' || reason === 'superusers')
  const common = everywhere ? clients?.[0]?.reason : undefined
  return (
    <>
      {common ? (
        <p className="rounded-md bg-surface-muted px-3 py-2 text-sm" data-testid="install-unavailable">
          {t(`install.${common}`)}
        </p>
      ) : null}
      <ul className="divide-y divide-border rounded-md border border-border">
        {mcpClients.map((client) => {
          const state = clients?.find(({ name }) => name === client)
          return (
            <li
              key={client}
              className="flex min-h-12 flex-wrap items-center gap-x-3 px-3 py-1 text-sm"
              data-testid={`client-${client}`}
            >
              <span className="font-medium">{mcpClientNames[client]}</span>
              <span className="flex flex-1 items-center gap-1 text-text-muted">
                {state?.installed ? (
                  <>
                    <CircleCheck size={14} className="text-success" />
                    {t('install.installed')}
                  </>
                ) : state?.reason === 'missing' ? (
                  t('install.missing')
                ) : null}
              </span>
              <Button
                disabled={!state?.available || busy !== undefined}
                onClick={() => void install(client)}
                data-testid={`install-${client}`}
                title={state?.reason ? t(`install.${state.reason}`) : undefined}
                aria-label={t(state?.installed ? 'install.againTo' : 'install.addTo', {
                  client: mcpClientNames[client],
                })}
              >
                {t(state?.installed ? 'install.again' : 'install.add')}
              </Button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
