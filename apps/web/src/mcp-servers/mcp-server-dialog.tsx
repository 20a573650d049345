import { createMcpServer, replaceMcpServer } from '@runnel/protocol/mcp-servers'
import { Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { mcpServersChanged } from '../api/mcp-servers.ts'
import { addLine } from '../ui/add-line.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import { PairList } from '../ui/pair-list.tsx'
import { ChoiceTabs } from '../ui/tabs.tsx'
import { configOf, EMPTY_FORM, type ServerForm, serversOfJson } from './server-form.ts'

const TABS = ['json', 'stdio', 'http'] as const

type Tab = (typeof TABS)[number]

export interface McpServerDialogProps {
  /** The server to change; without, one is added. */
  readonly server?: ServerForm | undefined
  readonly onClose: () => void
  /** Told the names of those that were saved. */
  readonly onSaved?: (names: readonly string[]) => void
}

const EXAMPLE = `{
  "mcpServers": {
    "everything": { "url": "https://example.com/mcp" }
  }
}`

/** Adds MCP servers from JSON or field by field, or changes one. */
export function McpServerDialog({ server, onClose, onSaved }: McpServerDialogProps): ReactNode {
  const { t, i18n } = useTranslation('mcp-servers')
  const [tab, setTab] = useState<Tab>(server?.transport ?? 'json')
  const [json, setJson] = useState('')
  const [form, setForm] = useState<ServerForm>(server ?? EMPTY_FORM)
  const change = (part: Partial<ServerForm>): void => setForm({ ...form, ...part })

  async function save(): Promise<void> {
    const named = form.name.trim()
    const servers = tab === 'json' ? readServers() : [[named, configOf({ ...form, transport: tab })] as const]
    const endpoint = server ? replaceMcpServer : createMcpServer
    const names: string[] = []
    try {
      for (const [name, body] of servers) {
        await client.call(endpoint, { params: { server_name: name }, body })
        names.push(name)
      }
    } catch (error) {
      throw servers.length === 1 ? error : await partly(error, servers, names)
    }
    await mcpServersChanged(names)
    onSaved?.(names)
  }

  /** Leaves those of several servers to be tried again that were not saved. @returns which one was refused, and why */
  async function partly(
    error: unknown,
    servers: ReturnType<typeof readServers>,
    saved: readonly string[],
  ): Promise<Error> {
    const left = servers.slice(saved.length)
    const why = error instanceof Error ? error.message : String(error)
    const sentences = [t('json.refused', { name: left[0]?.[0], why })]
    if (saved.length > 0) {
      setJson(JSON.stringify({ mcpServers: Object.fromEntries(left) }, null, 2))
      await mcpServersChanged(saved)
      sentences.push(t('json.added', { names: new Intl.ListFormat(i18n.language).format(saved) }))
    }
    return new Error(sentences.join(' '), { cause: error })
  }

  function readServers() {
    try {
      return serversOfJson(json, 'mcp-server')
    } catch (error) {
      throw new Error(error instanceof SyntaxError ? t('json.invalid') : t('json.empty'))
    }
  }

  const isComplete =
    tab === 'json'
      ? json.trim() !== ''
      : form.name.trim() !== '' && (tab === 'http' ? form.url : form.command).trim() !== ''
  return (
    <FormDialog
      title={server ? t('dialog.edit') : t('dialog.add')}
      description={t('dialog.text')}
      submit={server ? t('dialog.save') : t('dialog.add')}
      submitTestId="add-mcp-server-button"
      disabled={!isComplete}
      onSubmit={save}
      onClose={onClose}
    >
      <ChoiceTabs
        label={t('transport')}
        value={tab}
        tabs={TABS.map((value) => ({
          value,
          label: t(`tabs.${value}`),
          testId: `${value}-tab`,
          // A server stays what it is: another is added beside it.
          isDisabled: server !== undefined && value !== server.transport,
        }))}
        onChange={setTab}
      />
      {tab === 'json' ? (
        <Field label={t('json.label')} hint={t('json.hint')}>
          <TextArea
            rows={12}
            value={json}
            placeholder={EXAMPLE}
            className="font-mono text-xs"
            spellCheck={false}
            data-testid="json-input"
            onChange={(event) => setJson(event.target.value)}
          />
        </Field>
      ) : (
        <Field label={t('name')} required>
          <TextInput
            value={form.name}
            disabled={server !== undefined}
            data-testid={`${tab}-name-input`}
            spellCheck={false}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
      )}
      {tab === 'stdio' ? (
        <>
          <Field label={t('command')} required hint={t('commandHint')}>
            <TextInput
              value={form.command}
              data-testid="stdio-command-input"
              spellCheck={false}
              onChange={(event) => change({ command: event.target.value })}
            />
          </Field>
          <ArgumentList args={form.args} onChange={(args) => change({ args })} />
        </>
      ) : null}
      {tab === 'http' ? (
        <>
          <Field label="URL" required>
            <TextInput
              value={form.url}
              type="url"
              placeholder="https://example.com/mcp"
              data-testid="http-url-input"
              onChange={(event) => change({ url: event.target.value })}
            />
          </Field>
          <PairList label={t('headers')} pairs={form.headers} onChange={(headers) => change({ headers })} />
        </>
      ) : null}
      {tab === 'json' ? null : (
        <PairList label={t('environment')} pairs={form.env} onChange={(env) => change({ env })} />
      )}
    </FormDialog>
  )
}

interface ArgumentListProps {
  readonly args: readonly string[]
  readonly onChange: (args: readonly string[]) => void
}

function ArgumentList({ args, onChange }: ArgumentListProps): ReactNode {
  const { t } = useTranslation('mcp-servers')
  const { t: common } = useTranslation('common')
  return (
    <fieldset data-lines className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-sm">{t('arguments')}</legend>
      {args.map((argument, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its place
        <div key={index} data-line className="flex gap-1.5">
          <TextInput
            aria-label={t('argument', { number: index + 1 })}
            data-testid={`stdio-args_${index}`}
            value={argument}
            spellCheck={false}
            onChange={(event) => onChange(args.map((one, at) => (at === index ? event.target.value : one)))}
          />
          <IconButton label={common('pair.remove')} onClick={() => onChange(args.filter((_, at) => at !== index))}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        onClick={({ currentTarget }) => addLine(currentTarget, () => onChange([...args, '']))}
      >
        <Plus size={12} />
        {common('pair.add')}
      </Button>
    </fieldset>
  )
}
