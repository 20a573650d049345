import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { useCatalogue } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import type { FlowNode } from '../model/flow-document.ts'
import { canBeToolFilled, inspectedFields, isToolFilled } from '../node/node-parts.ts'
import { useConnected } from '../node/use-connected.ts'
import { InspectedRow } from './inspected-row.tsx'

const SEARCHED_FROM = 8

/** Every field of a node with its switches: the same rows in the panel and in the dialog. */
export function NodeFieldList({ node }: { readonly node: FlowNode }): ReactNode {
  const { t } = useTranslation('fields')
  const catalogue = useCatalogue()
  const connected = useConnected(node.id)
  const [search, setSearch] = useState('')
  const component = node.data.node
  const fields = useMemo(() => inspectedFields(component), [component])
  const stock = catalogue.find(node.data.type)?.component.template
  const wanted = search.trim().toLowerCase()
  const shown = fields.filter(([name, field]) =>
    `${name} ${field.display_name ?? ''} ${labelOf(name, field)}`.toLowerCase().includes(wanted),
  )
  return (
    <>
      {fields.length >= SEARCHED_FROM ? (
        <div className="px-4 pb-2">
          <TextInput
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('inspector.search')}
            aria-label={t('inspector.search')}
          />
        </div>
      ) : null}
      <ul className="flex flex-col">
        {shown.map(([name, field]) => (
          <InspectedRow
            key={name}
            nodeId={node.id}
            name={name}
            field={field}
            stock={stock?.[name]}
            isConnected={connected.fields.has(name)}
            isToolFilled={isToolFilled(component, field) && !connected.fields.has(name)}
            canBeToolFilled={component.tool_mode === true && canBeToolFilled(field, stock?.[name])}
          />
        ))}
      </ul>
      {fields.length === 0 ? (
        <p className="px-4 py-8 text-center text-sm text-text-muted">{t('inspector.noFields')}</p>
      ) : null}
    </>
  )
}
