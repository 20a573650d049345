import { type ProjectTool, updateProjectTools } from '@runnel/protocol/project-tools'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { client } from '../api/client.ts'
import { flowsChanged } from '../api/flows.ts'
import { projectToolsChanged } from '../api/project-tools.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextArea, TextInput } from '../ui/input.tsx'
import { SearchInput } from '../ui/search-input.tsx'
import { Switch } from '../ui/switch.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../ui/table.tsx'
import { nameProblem } from './tool-names.ts'

type Tool = z.output<typeof ProjectTool>

export interface ToolsDialogProps {
  readonly projectId: string
  /** Every flow of the project. */
  readonly flows: readonly Tool[]
  readonly onClose: () => void
}

/** Which flows of a project are tools, and what clients are told of them. */
export function ToolsDialog({ projectId, flows, onClose }: ToolsDialogProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [tools, setTools] = useState(flows)
  const [search, setSearch] = useState('')
  const words = search.trim().toLowerCase()
  const shown = tools.filter(({ name, action_name: own }) => `${name} ${own ?? ''}`.toLowerCase().includes(words))
  const change = (id: string, part: Partial<Tool>): void =>
    setTools(tools.map((tool) => (tool.id === id ? { ...tool, ...part } : tool)))
  const problemOf = (tool: Tool) => nameProblem(tool, tools)

  async function save(): Promise<void> {
    const settings = tools
      .filter((tool, index) => tool !== flows[index])
      .map(({ id, mcp_enabled, action_name, action_description }) => ({
        id,
        mcp_enabled,
        action_name: action_name?.trim() || null,
        action_description: action_description?.trim() || null,
      }))
    if (settings.length > 0) {
      await client.call(updateProjectTools, { params: { project_id: projectId }, body: { settings } })
    }
    await Promise.all([projectToolsChanged(projectId), flowsChanged()])
  }

  return (
    <FormDialog
      title={t('edit')}
      description={t('editHint')}
      width="xl"
      submit={t('save')}
      disabled={tools.some((tool) => problemOf(tool) !== undefined)}
      onSubmit={save}
      onClose={onClose}
      testId="tools-dialog"
    >
      <SearchInput value={search} onChange={setSearch} label={t('search')} className="max-w-md" />
      <Table label={t('edit')}>
        <HeadRow>
          <Head className="w-16">{t('enabled')}</Head>
          <Head>{t('flow')}</Head>
          <Head>{t('toolName')}</Head>
          <Head>{t('description')}</Head>
        </HeadRow>
        <tbody>
          {shown.map((tool) => {
            const problem = problemOf(tool)
            return (
              <Row key={tool.id}>
                <Cell className="pt-3 align-top">
                  <Switch
                    checked={tool.mcp_enabled}
                    label={t('enable', { name: tool.name })}
                    onChange={(isOn) => change(tool.id, { mcp_enabled: isOn })}
                    testId={`enable-tool-${tool.id}`}
                  />
                </Cell>
                <Cell className="max-w-60 truncate align-top leading-8" title={tool.name}>
                  {tool.name}
                </Cell>
                <Cell className="min-w-56 align-top">
                  <TextInput
                    value={tool.action_name ?? ''}
                    placeholder={tool.name}
                    aria-label={t('nameOf', { name: tool.name })}
                    aria-invalid={problem !== undefined}
                    spellCheck={false}
                    className="font-mono"
                    onChange={(event) => change(tool.id, { action_name: event.target.value })}
                  />
                  {problem ? (
                    <span role="alert" className="text-danger text-xs">
                      {t(`problem.${problem}`)}
                    </span>
                  ) : null}
                </Cell>
                <Cell className="min-w-72 align-top">
                  <TextArea
                    rows={2}
                    value={tool.action_description ?? ''}
                    placeholder={tool.description ?? ''}
                    aria-label={t('descriptionOf', { name: tool.name })}
                    onChange={(event) => change(tool.id, { action_description: event.target.value })}
                  />
                </Cell>
              </Row>
            )
          })}
        </tbody>
      </Table>
    </FormDialog>
  )
}
