import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonTree } from '../../ui/json-tree.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'

interface Entry {
  readonly name?: unknown
  readonly message?: unknown
  readonly type?: unknown
  /** Missing in what earlier releases kept. */
  readonly timestamp?: unknown
}

const entriesOf = (value: unknown): readonly Entry[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object' && one !== null)

/** What a node wrote down while it ran, by output. */
export function OutputLogs({ logs }: { readonly logs: readonly (readonly [string, unknown])[] }): ReactNode {
  const { t } = useTranslation('fields')
  const entries = logs.flatMap(([output, value]) => entriesOf(value).map((entry) => ({ output, entry })))
  if (entries.length === 0) {
    return <p className="py-12 text-center text-sm text-text-muted">{t('output.noLogs')}</p>
  }
  return (
    <ol className="flex min-h-0 flex-1 flex-col gap-2 overflow-auto" data-testid="output-logs">
      {entries.map(({ output, entry }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries only ever come as a whole
        <li key={index} className="rounded-md border border-border p-2 text-sm">
          <div className="mb-1 flex items-center gap-2">
            <span className="font-medium">{String(entry.name ?? output)}</span>
            {entry.type ? <Badge>{String(entry.type)}</Badge> : null}
            {typeof entry.timestamp === 'string' ? (
              <span className="ml-auto text-text-muted text-xs">
                <Time at={entry.timestamp} exact />
              </span>
            ) : null}
          </div>
          {typeof entry.message === 'object' && entry.message !== null ? (
            <JsonTree value={entry.message} />
          ) : (
            <pre className="whitespace-pre-wrap break-words font-mono text-xs">{String(entry.message ?? '')}</pre>
          )}
        </li>
      ))}
    </ol>
  )
}
