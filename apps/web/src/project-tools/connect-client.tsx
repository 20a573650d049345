import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyNotice } from '../api-access/key-notice.tsx'
import { projectServer } from '@runnel/protocol/mcp-clients'
import { ClientSettings } from './client-settings.tsx'

export interface ConnectClientProps {
  readonly project: { readonly id: string; readonly name: string }
  readonly needsKey: boolean
  /** The key that is written into the settings, if any. */
  readonly value: string | undefined
  readonly onKey: (key: string | undefined) => void
}

/** How MCP clients are told of the project: one click, one command, or what goes into their settings. */
export function ConnectClient({ project, needsKey, value, onKey }: ConnectClientProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const server = projectServer(project, { origin: location.origin, needsKey, key: value })
  return (
    <section
      aria-label={t('connect.title')}
      className="flex min-w-0 flex-col gap-3 rounded-lg border border-border p-4"
    >
      <h3 className="font-medium">{t('connect.title')}</h3>
      {needsKey ? <KeyNotice isNeeded value={value} onKey={onKey} /> : null}
      <ClientSettings server={server} />
    </section>
  )
}
