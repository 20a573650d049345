import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonTree } from '../../ui/json-tree.tsx'
import { Time } from '../../ui/time.tsx'

const FACTS = ['sender', 'sender_name', 'session_id', 'timestamp'] as const

/** Who said a message, when and where; nothing for a value that is no message. */
export function MessageFacts({ result }: { readonly result: unknown }): ReactNode {
  const { t } = useTranslation('fields')
  if (typeof result !== 'object' || result === null) return null
  const facts = FACTS.flatMap((key) => {
    const value: unknown = Reflect.get(result, key)
    return typeof value === 'string' && value !== '' ? [{ key, value }] : []
  })
  const files: unknown = Reflect.get(result, 'files')
  const properties: unknown = Reflect.get(result, 'properties')
  const told = typeof properties === 'object' && properties !== null ? filled(properties) : {}
  if (facts.length === 0) return null
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-text-muted text-xs">
        {facts.map(({ key, value }) => (
          <div key={key} className="contents">
            <dt>{t(`message.${key}`)}</dt>
            <dd className="truncate">{key === 'timestamp' ? <Time at={value} exact /> : value}</dd>
          </div>
        ))}
        {Array.isArray(files) && files.length > 0 ? (
          <div className="contents">
            <dt>{t('message.files')}</dt>
            <dd className="truncate">{files.map(String).join(', ')}</dd>
          </div>
        ) : null}
      </dl>
      {Object.keys(told).length > 0 ? (
        <details className="max-h-40 overflow-auto text-text-muted text-xs" data-testid="message-properties">
          <summary className="cursor-pointer">{t('message.properties')}</summary>
          <JsonTree value={told} />
        </details>
      ) : null}
    </>
  )
}

/** The properties of a message that say something. */
const filled = (properties: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== null && value !== '' && value !== false),
  )
