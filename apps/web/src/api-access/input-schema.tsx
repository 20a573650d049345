import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { ComponentIcon } from '../editor/component-icon.tsx'
import { useComponentText } from '../i18n/component-text.ts'
import { attempt } from '../ui/attempt.ts'
import { SearchInput } from '../ui/search-input.tsx'
import { Badge } from '../ui/status.tsx'
import { Switch } from '../ui/switch.tsx'
import { EndpointName } from './endpoint-name.tsx'
import { type FieldMarks, type FlowInputs, type InputField, type InputNode, withMarks } from './flow-inputs.ts'
import { GivenValue, type GiveValue } from './given-value.tsx'
import type { GivenValues } from './given-values.ts'
import { PublicName } from './public-name.tsx'

/** Puts a field into the flow's input schema, takes it out, or gives it a name of its own there. */
export type MarkField = (nodeId: string, fieldName: string, marks: FieldMarks) => void

export interface InputSchemaProps {
  readonly flow: FlowRead
  /** With the given values. */
  readonly inputs: FlowInputs
  readonly given: GivenValues
  readonly onGive: GiveValue
  readonly onMark?: MarkField
}

/** Endpoint name, and the fields a caller may set; kept in the flow, the same for everybody. */
export function InputSchema({ flow, inputs, given, onGive, onMark }: InputSchemaProps): ReactNode {
  const { t } = useTranslation('api-access')
  useComponentText()
  const [search, setSearch] = useState('')
  const words = search.trim().toLowerCase()

  const mark: MarkField =
    onMark ??
    ((nodeId, name, marks) =>
      void attempt(t('schema.failed'), async () => {
        const next = withMarks(flow.data, nodeId, name, marks)
        await client.call(updateFlow, {
          params: { flow_id: flow.id },
          // A graph as the server has sent it, but for the marks.
          body: { data: next as NonNullable<Parameters<typeof client.call<typeof updateFlow>>[1]['body']>['data'] },
          headers: { 'if-match': `"${flow.version_token}"` },
        })
        await queryClient.invalidateQueries({ queryKey: ['flow', flow.id] })
      }))

  // What a tweak may be called already: other public names, and the ids of nodes.
  const names = inputs.nodes.flatMap(({ id, fields }) => [id, ...fields.flatMap(({ publicName }) => publicName ?? [])])
  const shown = inputs.nodes
    .map((node) => ({
      ...node,
      fields: node.fields.filter(({ label, name }) => `${node.name} ${label} ${name}`.toLowerCase().includes(words)),
    }))
    .filter(({ fields }) => fields.length > 0)
  return (
    <section aria-label={t('schema.title')} className="flex flex-col gap-3 rounded-lg border border-border p-4">
      <EndpointName key={flow.endpoint_name} flow={flow} />
      <div>
        <h3 className="font-semibold text-sm">{t('schema.title')}</h3>
        <p className="text-sm text-text-muted">{t('schema.text')}</p>
      </div>
      <SearchInput value={search} onChange={setSearch} label={t('schema.search')} className="max-w-md" />
      <ul className="max-h-80 divide-y divide-border overflow-y-auto rounded-md border border-border">
        {shown.map((node) => (
          <NodeFields
            key={node.id}
            node={node}
            isSearched={words !== ''}
            given={given[node.id]}
            onGive={onGive}
            names={names}
            onMark={mark}
          />
        ))}
      </ul>
    </section>
  )
}

interface NodeFieldsProps {
  readonly node: InputNode
  readonly isSearched: boolean
  readonly given: GivenValues[string] | undefined
  readonly onGive: GiveValue
  readonly names: readonly string[]
  readonly onMark: MarkField
}

function NodeFields({ node, isSearched, given = {}, names, onGive, onMark }: NodeFieldsProps): ReactNode {
  const count = node.fields.filter(({ isExposed }) => isExposed).length
  return (
    <li>
      <details className="group" open={isSearched || undefined}>
        <summary className="flex min-h-9 cursor-pointer items-center gap-2 px-3 text-sm hover:bg-surface-muted">
          <ChevronRight size={14} className="shrink-0 transition-transform group-open:rotate-90" />
          <ComponentIcon name={node.icon} />
          <span className="font-medium">{node.name}</span>
          <span className="font-mono text-text-muted text-xs">{node.id}</span>
          {count > 0 ? <Badge tone="accent">{count}</Badge> : null}
        </summary>
        <ul className="pb-2">
          {node.fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              isGiven={field.name in given}
              onGive={onGive}
              names={names}
              onMark={onMark}
            />
          ))}
        </ul>
      </details>
    </li>
  )
}

interface FieldRowProps {
  readonly field: InputField
  readonly isGiven: boolean
  readonly onGive: GiveValue
  readonly names: readonly string[]
  readonly onMark: MarkField
}

function FieldRow({ field, isGiven, names, onGive, onMark }: FieldRowProps): ReactNode {
  const { t } = useTranslation('api-access')
  const value = typeof field.value === 'string' ? field.value : JSON.stringify(field.value)
  return (
    <li className="flex flex-wrap items-center gap-3 py-1 pr-3 pl-9 text-sm">
      <span className="min-w-40 flex-1">
        <span className="block truncate">
          {field.label} <span className="font-mono text-text-muted text-xs">{field.name}</span>
        </span>
        <span className="block truncate text-text-muted text-xs">{field.info}</span>
      </span>
      {field.isExposed && !field.isConnected ? (
        <>
          <PublicName
            field={field}
            taken={names}
            onName={(name) => onMark(field.nodeId, field.name, { api_name: name })}
          />
          <GivenValue field={field} isGiven={isGiven} onGive={onGive} />
        </>
      ) : (
        <span className="max-w-60 truncate font-mono text-text-muted text-xs">
          {field.isConnected ? t('schema.connected') : field.isSecret ? t('schema.secret') : value}
        </span>
      )}
      <Switch
        checked={field.isExposed}
        disabled={field.isConnected}
        label={t('schema.expose', { field: field.label })}
        testId={`expose-${field.nodeId}-${field.name}`}
        onChange={(isOn) => onMark(field.nodeId, field.name, { api_editable: isOn })}
      />
    </li>
  )
}
