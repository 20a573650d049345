import { claudeCommand, cursorLink, type ProjectServer, vscodeLink } from '@runnel/protocol/mcp-clients'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'

const LINK =
  'inline-flex h-8 items-center rounded-md border border-border bg-surface px-3 font-medium text-sm hover:bg-surface-hover'

/** What adds a server wherever the person sits: links that editors open, and a command. */
export function ClientLinks({ server }: { readonly server: ProjectServer }): ReactNode {
  const { t } = useTranslation('project-tools')
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
    </>
  )
}
