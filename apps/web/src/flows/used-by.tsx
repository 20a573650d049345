import type { FlowUseKind } from '@runnel/protocol/flow-uses'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flowsThatUse } from '../api/flow-uses.ts'

/** What a dialog says before things are deleted for good: which flows would miss them. */
export async function usedByText(kind: FlowUseKind, names: readonly string[]): Promise<ReactNode> {
  // Deleting must not wait for a list.
  const flows = await flowsThatUse(kind, names).catch(() => undefined)
  return <UsedBy count={names.length} flows={flows?.map(({ name }) => name)} />
}

interface UsedByProps {
  /** How many things are to be deleted. */
  readonly count: number
  /** Undefined where nobody can say. */
  readonly flows: readonly string[] | undefined
}

function UsedBy({ count, flows }: UsedByProps): ReactNode {
  const { t } = useTranslation('flows')
  return (
    <div className="flex flex-col gap-2">
      {flows?.length === 0 ? <p>{t('usedBy.none', { count })}</p> : null}
      {flows && flows.length > 0 ? (
        <>
          <p>{t('usedBy.some', { count: flows.length })}</p>
          <ul className="max-h-40 list-disc overflow-y-auto pl-5">
            {flows.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>{t('usedBy.forever')}</p>
    </div>
  )
}
