import {
  CONFIGS,
  type ConfigKind,
  clientConfig,
  type McpTransport,
  mcpTransports,
  type ProjectServer,
} from '@runnel/protocol/mcp-clients'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import { Segments } from '../ui/segments.tsx'

export interface JsonSettingsProps {
  readonly server: ProjectServer
  /** Which settings are shown first. */
  readonly first: ConfigKind
  /** What clients are asked to show, above the settings it goes into. */
  readonly children?: ReactNode
}

/** What goes into the settings of a client, by how it starts its servers and by transport. */
export function JsonSettings({ server, first, children }: JsonSettingsProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [kind, setKind] = useState(first)
  const [transport, setTransport] = useState<McpTransport>('sse')
  const isProxied = kind === 'unix' || kind === 'windows' || kind === 'wsl'
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Segments
          label={t('connect.kind')}
          value={kind}
          options={CONFIGS.map((one) => ({ value: one, label: t(`connect.${one}`), testId: `mcp-config-${one}` }))}
          onChange={setKind}
        />
        {isProxied ? (
          <Segments
            label={t('connect.transport')}
            value={transport}
            options={mcpTransports.map((one) => ({ value: one, label: t(`connect.${one}`), testId: `mcp-${one}` }))}
            onChange={setTransport}
          />
        ) : null}
      </div>
      <p className="text-sm text-text-muted">
        {isProxied
          ? t('connect.proxyHint', { transport: t(`connect.${transport}`) })
          : t(kind === 'http' ? 'connect.httpHint' : 'connect.ownHint')}
      </p>
      {children}
      <CodeBlock label={t('connect.json')} code={clientConfig(kind, server, transport)} testId="mcp-config" />
    </>
  )
}
