import { type ComponentFailure, checkComponents } from '@runnel/protocol/instance'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/status.tsx'

/** Loads the components of all flows when asked to, and names those that do not load. */
export function ComponentCheck(): ReactNode {
  const { t } = useTranslation('settings')
  const { data, error, isPending, mutate } = useMutation({ mutationFn: () => client.call(checkComponents, {}) })
  return (
    <section className="mt-6 flex flex-col gap-3" aria-label={t('server.components')}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{t('server.components')}</h3>
        <Button onClick={() => mutate()} disabled={isPending} data-testid="check-components">
          {t(isPending ? 'server.checking' : 'server.check')}
        </Button>
      </div>
      <p className="text-sm text-text-muted">{t('server.componentsText')}</p>
      {error ? <ErrorState error={error} onRetry={() => mutate()} /> : null}
      {data ? (
        <p role="status" className="text-sm">
          {t('server.checked', { flows: data.flows, components: data.components, count: data.failures.length })}
          {data.is_cut ? ` ${t('server.cut')}` : ''}
        </p>
      ) : null}
      {data && data.failures.length > 0 ? (
        <ul className="divide-y divide-border rounded-lg border border-border text-sm">
          {data.failures.map((failure) => (
            <Failure key={`${failure.flow_id} ${failure.node_id}`} failure={failure} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Failure({ failure }: { readonly failure: ComponentFailure }): ReactNode {
  const { t } = useTranslation('settings')
  const { flow_id: flowId, flow, owner, node_id: nodeId, component, error, traceback } = failure
  return (
    <li className="flex flex-col gap-1 px-4 py-2" data-testid="component-failure">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{component}</span>
        <Link
          to="/flow/$flowId"
          params={{ flowId }}
          search={{ node: nodeId }}
          className="text-accent underline-offset-2 hover:underline"
        >
          {flow}
        </Link>
        <span className="text-text-muted text-xs">{t('server.ownedBy', { owner })}</span>
      </span>
      <span className="text-danger">{error}</span>
      {traceback === '' ? null : (
        <details>
          <summary className="min-h-6 cursor-pointer text-text-muted text-xs leading-6">
            {t('server.traceback')}
          </summary>
          <pre className="mt-1 overflow-x-auto rounded-md bg-surface-muted p-2 font-mono text-xs">{traceback}</pre>
        </details>
      )}
    </li>
  )
}
