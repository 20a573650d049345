import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import { Segments } from '../ui/segments.tsx'
import {
  CONFIGS,
  type ConfigKind,
  claudeCommand,
  clientConfig,
  cursorLink,
  type ProjectServer,
  vscodeLink,
} from '@runnel/protocol/mcp-clients'

const LINK =
  'inline-flex h-8 items-center rounded-md border border-border bg-surface px-3 font-medium text-sm hover:bg-surface-hover'

/** What MCP clients are given to reach a server of ours: a link, a command, or what goes into their settings. */
export function ClientSettings({ server }: { readonly server: ProjectServer }): ReactNode {
  const { t } = useTranslation('project-tools')
  const [kind, setKind] = useState<ConfigKind>('http')
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <a href={cursorLink(server)} className={LINK}>
          {t('connect.add', { client: 'Cursor' })}
        </a>
        <a href={vscodeLink(server)} className={LINK}>
          {t('connect.add', { client: 'VS Code' })}
        </a>
      </div>
      <CodeBlock label="Claude Code" title="Claude Code" code={claudeCommand(server)} testId="mcp-command" />
      <Segments
        label={t('connect.kind')}
        value={kind}
        options={CONFIGS.map((one) => ({ value: one, label: t(`connect.${one}`), testId: `mcp-config-${one}` }))}
        onChange={setKind}
      />
      <p className="text-sm text-text-muted">{t(`connect.${hintOf(kind)}`)}</p>
      <CodeBlock label={t('connect.json')} code={clientConfig(kind, server)} testId="mcp-config" />
    </>
  )
}

const hintOf = (kind: ConfigKind) => {
  if (kind === 'http') return 'httpHint'
  return kind === 'windsurf' || kind === 'zed' ? 'ownHint' : 'proxyHint'
}
