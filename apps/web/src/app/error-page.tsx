import { ClientError } from '@runnel/client'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'

/** What a page shows when it fails: what happened, a way on, and the report (N-33). */
export function ErrorPage({ error: thrown, reset }: ErrorComponentProps): ReactNode {
  const { t } = useTranslation('common')
  const router = useRouter()
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const requestId = error instanceof ClientError ? error.requestId : undefined
  const report = [`${error.name}: ${error.message}`, location.href, requestId, error.stack].filter(Boolean).join('\n')
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-4 p-8 text-center">
      <CircleAlert size={32} className="text-danger" />
      <h1 className="font-semibold text-xl">{t('error.title')}</h1>
      <p className="wrap-anywhere max-w-xl text-sm text-text-muted">{error.message}</p>
      {requestId === undefined ? null : (
        <p className="text-text-muted text-xs">
          {t('error.request')} <code className="font-mono">{requestId}</code>
        </p>
      )}
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          look="primary"
          onClick={() => {
            reset()
            void router.invalidate()
          }}
        >
          {t('retry')}
        </Button>
        <Button onClick={() => location.reload()}>{t('error.reload')}</Button>
        <Button onClick={() => void navigator.clipboard.writeText(report)}>{t('error.copy')}</Button>
        <LocalCopy />
      </div>
    </div>
  )
}

/** Saves what this browser keeps of the flow of the address, if the server has not all of it. */
function LocalCopy(): ReactNode {
  const { t } = useTranslation('common')
  const [save, setSave] = useState<() => void>()
  useEffect(() => {
    const [, flowId] = /^\/flow\/([^/]+)/.exec(location.pathname) ?? []
    if (flowId === undefined) return
    // Of no use to a browser that cannot even load this; the rest of the page stands.
    import('../editor/saving/local-copy.ts')
      .then(({ localCopy }) => localCopy(flowId))
      .then((found) => setSave(() => found))
      .catch(() => undefined)
  }, [])
  return save ? <Button onClick={save}>{t('error.localCopy')}</Button> : null
}

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const { t } = useTranslation('common')
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center">
      <h1 className="font-semibold text-xl">{t('notFound.title')}</h1>
      <p className="text-sm text-text-muted">{t('notFound.text')}</p>
      <a href="/" className="font-medium text-accent underline">
        {t('notFound.home')}
      </a>
    </div>
  )
}
