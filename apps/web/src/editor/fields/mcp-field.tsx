import { createMcpServer } from '@runnel/protocol/mcp-servers'
import { useQuery } from '@tanstack/react-query'
import { Plus, Save, Server } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { mcpServersChanged, mcpServersQuery, mcpToolCountsQuery } from '../../api/mcp-servers.ts'
import { lazily } from '../../ui/lazily.ts'
import { notifyError } from '../../ui/notifications.tsx'
import { OptionPicker, PickerAction } from '../../ui/option-picker.tsx'
import { type FieldWidgetProps, labelOf, placeholderOf, testIdOf } from './field-widget.ts'
import { serverOf } from './mcp-value.ts'
import { PickerButton } from './picker-button.tsx'

const McpServerDialog = lazily(async () => (await import('../../mcp-servers/mcp-server-dialog.tsx')).McpServerDialog)

/** One of the user's MCP servers. A flow from elsewhere may bring one along that can be kept. */
export function McpField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const { name: chosen, config } = serverOf(field.value)
  const { data: servers, isPending } = useQuery({ ...mcpServersQuery, enabled: isOpen || chosen !== '' })
  const { data: counted } = useQuery({ ...mcpToolCountsQuery, enabled: isOpen })
  const isMissing = chosen !== '' && servers !== undefined && !servers.some((server) => server.name === chosen)
  const choose = (server: string): void => onChange({ value: { name: server, config: {} } })
  const keep = async (): Promise<void> => {
    try {
      await client.call(createMcpServer, { params: { server_name: chosen }, body: config })
      await mcpServersChanged([chosen])
    } catch (error) {
      notifyError(t('mcp.notSaved'), error)
    }
  }
  return (
    <div className="nodrag flex flex-col gap-1">
      <PickerButton
        ref={anchor}
        labelId={labelId}
        isOpen={isOpen}
        isDisabled={isDisabled}
        isEmpty={chosen === ''}
        onClick={() => setOpen(!isOpen)}
        testId={`mcp-server-dropdown${surface === 'inspector' ? `_${testIdOf(surface, name)}` : ''}`}
      >
        <Server size={14} className="shrink-0 text-text-muted" />
        <span className="truncate">{chosen || placeholderOf(field, t('mcp.select'))}</span>
      </PickerButton>
      {isMissing ? (
        <p className="flex flex-wrap items-center gap-x-2 text-warning text-xs">
          <span className="wrap-anywhere">{t('mcp.missing', { name: chosen })}</span>
          {Object.keys(config).length > 0 ? (
            <button
              type="button"
              onClick={() => void keep()}
              className="flex min-h-6 items-center gap-1 whitespace-nowrap text-accent underline"
            >
              <Save size={12} />
              {t('mcp.save')}
            </button>
          ) : null}
        </p>
      ) : null}
      {isOpen ? (
        <OptionPicker
          anchor={anchor}
          onClose={() => setOpen(false)}
          label={labelOf(name, field)}
          options={(counted ?? servers ?? []).map((server) => ({
            value: server.name,
            label: server.name,
            icon: <Server size={14} />,
            hint: server.error
              ? t('mcp.failed')
              : server.toolsCount === null
                ? (server.mode ?? '')
                : t('mcp.tools', { count: server.toolsCount }),
          }))}
          chosen={new Set([chosen])}
          onChoose={choose}
          searchLabel={t('mcp.search')}
          emptyText={t('mcp.none')}
          isLoading={isPending}
          footer={
            <PickerAction
              icon={<Plus size={14} />}
              testId="add-mcp-server-button"
              onClick={() => {
                setOpen(false)
                setAdding(true)
              }}
            >
              {t('mcp.add')}
            </PickerAction>
          }
        />
      ) : null}
      {isAdding ? (
        <Suspense fallback={null}>
          <McpServerDialog onClose={() => setAdding(false)} onSaved={([first]) => first && choose(first)} />
        </Suspense>
      ) : null}
    </div>
  )
}
