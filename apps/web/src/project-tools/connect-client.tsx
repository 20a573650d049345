import { createApiKey } from '@runnel/protocol/api-keys'
import { projectServer } from '@runnel/protocol/mcp-clients'
import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { attempt } from '../ui/attempt.ts'
import { Button } from '../ui/button.tsx'
import { Segments } from '../ui/segments.tsx'
import { AutoInstall } from './auto-install.tsx'
import { ClientLinks } from './client-links.tsx'
import { JsonSettings } from './json-settings.tsx'

export interface ConnectClientProps {
  readonly project: { readonly id: string; readonly name: string }
  readonly needsKey: boolean
  /** Where clients reach this server, when it is not where the page came from. */
  readonly origin: string
}

const WAYS = ['install', 'json'] as const

/** How MCP clients are told of the project: by the server, by one click, one command, or their settings. */
export function ConnectClient({ project, needsKey, origin }: ConnectClientProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [way, setWay] = useState<(typeof WAYS)[number]>('install')
  const [key, setKey] = useState<string>()
  const server = projectServer(project, { origin, needsKey, key })

  async function makeKey(): Promise<void> {
    await attempt(t('connect.keyFailed'), async () => {
      const body = { name: t('connect.keyName', project), access: 'run' as const, project_ids: [project.id] }
      setKey((await client.call(createApiKey, { body })).api_key)
    })
    await apiKeysChanged()
  }

  const keyLine = needsKey ? (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-surface-muted px-3 py-2 text-sm">
      <KeyRound size={16} className="shrink-0 text-text-muted" />
      <span role="status" className="min-w-40 flex-1">
        {t(key === undefined ? 'connect.keyNeeded' : 'connect.keyMade')}
      </span>
      <Button size="sm" onClick={() => void makeKey()} data-testid="generate-key">
        {t('connect.generate')}
      </Button>
    </div>
  ) : null

  return (
    <section
      aria-label={t('connect.title')}
      className="flex min-w-0 flex-col gap-3 rounded-lg border border-border p-4"
    >
      <h3 className="font-medium">{t('connect.title')}</h3>
      <Segments
        label={t('connect.title')}
        value={way}
        options={WAYS.map((one) => ({ value: one, label: t(`connect.way.${one}`), testId: `connect-${one}` }))}
        onChange={setWay}
      />
      {way === 'install' ? (
        <>
          <AutoInstall projectId={project.id} />
          <h4 className="font-medium text-sm">{t('connect.links')}</h4>
          {keyLine}
          <ClientLinks server={server} />
        </>
      ) : (
        <JsonSettings server={server} first="unix">
          {keyLine}
        </JsonSettings>
      )}
    </section>
  )
}
