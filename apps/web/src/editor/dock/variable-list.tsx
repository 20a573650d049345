import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { variablesQuery } from '../../api/variables.ts'
import { Badge } from '../../ui/status.tsx'
import { useLateFromFlow } from '../from-flow.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { variablesOf } from './flow-variables.ts'
import { useGoToNode } from './use-go-to-node.ts'

const readIn = (document: FlowDocument) => [...variablesOf(document)]

/** The global variables the flow reads, whether there are such, and where they are read; never what they hold. */
export function VariableList(): ReactNode {
  const { t } = useTranslation('workspace')
  const goTo = useGoToNode()
  const read = useLateFromFlow(readIn)
  const { data: variables } = useQuery({ ...variablesQuery, enabled: read.length > 0 })
  if (read.length === 0) return <p className="p-4 text-sm text-text-muted">{t('dock.noVariables')}</p>
  return (
    <ul className="divide-y divide-border" data-testid="flow-variables">
      {read.map(([name, uses]) => {
        const known = variables?.find((one) => one.name === name)
        return (
          <li key={name} className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1 text-sm">
            <span className="font-mono">{name}</span>
            {known ? (
              <Badge>{t(known.type === 'Credential' ? 'dock.credential' : 'dock.generic')}</Badge>
            ) : variables ? (
              <Badge tone="warning">{t('dock.variableMissing')}</Badge>
            ) : null}
            {uses.map(({ nodeId, label }) => (
              <button
                key={`${nodeId} ${label}`}
                type="button"
                onClick={() => goTo(nodeId)}
                className="rounded-sm px-1 text-accent text-xs hover:underline"
              >
                {label}
              </button>
            ))}
          </li>
        )
      })}
    </ul>
  )
}
