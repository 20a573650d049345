import type { FlowUseKind } from '@runnel/protocol/flow-uses'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flowsThatUse } from '../api/flow-uses.ts'

/** What a dialog says of the flows that would miss what is to be deleted. */
export async function usedByText(kind: FlowUseKind, names: readonly string[]): Promise<ReactNode> {
  try {
    return <UsedBy flows={(await flowsThatUse(kind, names)).map(({ name }) => name)} />
  } catch {
    // Deleting must not wait for a list.
    return null
  }
}

function UsedBy({ flows }: { readonly flows: readonly string[] }): ReactNode {
  const { t } = useTranslation('flows')
  if (flows.length === 0) return <p>{t('usedBy.none')}</p>
  return (
    <>
      <p>{t('usedBy.some', { count: flows.length })}</p>
      <ul className="mt-2 max-h-40 list-disc overflow-y-auto pl-5">
        {flows.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  )
}
