import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

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
  if (facts.length === 0) return null
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-text-muted text-xs">
      {facts.map(({ key, value }) => (
        <div key={key} className="contents">
          <dt>{t(`message.${key}`)}</dt>
          <dd className="truncate">{value}</dd>
        </div>
      ))}
      {Array.isArray(files) && files.length > 0 ? (
        <div className="contents">
          <dt>{t('message.files')}</dt>
          <dd className="truncate">{files.map(String).join(', ')}</dd>
        </div>
      ) : null}
    </dl>
  )
}
