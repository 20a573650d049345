import { createApiKey } from '@runnel/protocol/api-keys'
import { askMcp, askProjectMcp, openMcpStream, openProjectMcpStream } from '@runnel/protocol/mcp'
import { serverName } from '@runnel/protocol/mcp-clients'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged } from '../../api/api-keys.ts'
import { client } from '../../api/client.ts'
import { projectsQuery } from '../../api/projects.ts'
import { timeZone } from '../../app/time-zone.ts'
import { ClientSettings } from '../../project-tools/client-settings.tsx'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { Labelled } from '../../ui/input.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'

/** Stands for all projects; no id is such a text. */
const ALL = 'all'
const NO_KEY = 'YOUR_API_KEY'
const MONTH_MS = 30 * 86_400_000

/** Gives a coding agent the user's flows as tools: a command and JSON, with a key made for nothing else. */
export function CodingAgentsSection(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const { data: projects = [] } = useQuery(projectsQuery)
  const [chosen, setChosen] = useState(ALL)
  const [key, setKey] = useState<{ readonly of: string; readonly secret: string; readonly until: number }>()
  const project = projects.find(({ id }) => id === chosen)
  const own = key?.of === chosen ? key : undefined
  const at = (path: string): string => location.origin + path.replace(':project_id', chosen)
  const server = {
    name: project ? serverName(project.name, project.id) : 'runnel',
    url: at(project ? askProjectMcp.path : askMcp.path),
    sseUrl: at(project ? openProjectMcpStream.path : openMcpStream.path),
    key: own?.secret ?? NO_KEY,
  }

  async function make(): Promise<void> {
    const until = Date.now() + MONTH_MS
    await attempt(t('agents.failed'), async () => {
      const body = {
        name: t('agents.keyName', { name: project?.name ?? t('agents.all') }),
        access: 'run',
        ...(project && { project_ids: [project.id] }),
        expires_at: new Date(until).toISOString(),
      } as const
      const { api_key: secret } = await client.call(createApiKey, { body })
      setKey({ of: chosen, secret, until })
    })
    await apiKeysChanged()
  }

  return (
    <Section title={t('agents.title')} description={t('agents.text')}>
      <div className="flex max-w-3xl flex-col gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <Labelled label={t('agents.flows')}>
            <Select
              label={t('agents.flows')}
              value={chosen}
              options={[
                { value: ALL, label: t('agents.all') },
                ...projects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={setChosen}
            />
          </Labelled>
          <Button look="primary" onClick={() => void make()} data-testid="make-agent-key">
            <KeyRound size={14} />
            {t('agents.make')}
          </Button>
        </div>
        <p role="status" className="text-sm text-text-muted">
          {own
            ? t('agents.made', {
                date: new Date(own.until).toLocaleDateString(i18n.language, {
                  dateStyle: 'long',
                  timeZone: timeZone(),
                }),
              })
            : t('agents.keyHint')}
        </p>
        <ClientSettings server={server} />
      </div>
    </Section>
  )
}
