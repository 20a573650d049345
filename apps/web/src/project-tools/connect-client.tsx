import { askProjectMcp, openProjectMcpStream } from '@runnel/protocol/mcp'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyNotice } from '../api-access/key-notice.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Segments } from '../ui/segments.tsx'
import {
  CONFIGS,
  type ConfigKind,
  claudeCommand,
  clientConfig,
  cursorLink,
  type ProjectServer,
  serverName,
  vscodeLink,
} from './client-config.ts'

export interface ConnectClientProps {
  readonly project: { readonly id: string; readonly name: string }
  readonly needsKey: boolean
  /** The key that is written into the settings, if any. */
  readonly value: string | undefined
  readonly onKey: (key: string | undefined) => void
}

const LINK =
  'inline-flex h-8 items-center rounded-md border border-border bg-surface px-3 font-medium text-sm hover:bg-surface-hover'

/** Stands for a key that is not known. */
const NO_KEY = 'YOUR_API_KEY'

/** How MCP clients are told of the project: one click, one command, or what goes into their settings. */
export function ConnectClient({ project, needsKey, value, onKey }: ConnectClientProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [kind, setKind] = useState<ConfigKind>('http')
  const at = (path: string): string => location.origin + path.replace(':project_id', project.id)
  const server: ProjectServer = {
    name: serverName(project.name, project.id),
    url: at(askProjectMcp.path),
    sseUrl: at(openProjectMcpStream.path),
    key: needsKey ? (value ?? NO_KEY) : undefined,
  }
  return (
    <section
      aria-label={t('connect.title')}
      className="flex min-w-0 flex-col gap-3 rounded-lg border border-border p-4"
    >
      <h3 className="font-medium">{t('connect.title')}</h3>
      {needsKey ? <KeyNotice isNeeded value={value} onKey={onKey} /> : null}
      <div className="flex flex-wrap gap-2">
        <a href={cursorLink(server)} className={LINK}>
          {t('connect.add', { client: 'Cursor' })}
        </a>
        <a href={vscodeLink(server)} className={LINK}>
          {t('connect.add', { client: 'VS Code' })}
        </a>
      </div>
      <CodeBlock label="Claude Code" title="Claude Code" code={claudeCommand(server)} />
      <Segments
        label={t('connect.kind')}
        value={kind}
        options={CONFIGS.map((one) => ({ value: one, label: t(`connect.${one}`), testId: `mcp-config-${one}` }))}
        onChange={setKind}
      />
      <p className="text-sm text-text-muted">{kind === 'http' ? t('connect.httpHint') : t('connect.proxyHint')}</p>
      <CodeBlock label={t('connect.json')} code={clientConfig(kind, server)} testId="mcp-config" />
    </section>
  )
}
