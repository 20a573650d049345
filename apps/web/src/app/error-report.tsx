import { ClientError } from '@runnel/client'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { CopyReport, RequestNumber } from '../ui/copy-report.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Forbidden } from '../ui/status.tsx'

interface ErrorReportProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** How browsers put it that a part of the page is not on the server any more, or not to be had. */
const PART_MISSING = /dynamically imported module|importing a module script|module script failed/i

/**
 * In place of a page that fails: what happened, a way on, and the report. What no sentence was written for is told
 * only to who asks.
 */
export function ErrorReport({ error: thrown, onRetry }: ErrorReportProps): ReactNode {
  const { t } = useTranslation('common')
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const isOld = PART_MISSING.test(error.message)
  usePageTitle(t(isOld ? 'error.old' : 'error.title'))
  const hasSentence = error instanceof ClientError
  if (error instanceof ClientError && error.status === 403) return <Forbidden reason={error.message} />
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-4 p-8 text-center">
      <CircleAlert size={32} className="text-danger" />
      <h1 className="font-semibold text-xl">{t(isOld ? 'error.old' : 'error.title')}</h1>
      <p className="wrap-anywhere max-w-xl text-sm text-text-muted">
        {isOld ? t('error.oldHint') : hasSentence ? error.message : t('error.text')}
      </p>
      <RequestNumber error={error} />
      <div className="flex flex-wrap justify-center gap-2">
        {isOld ? null : (
          <Button look="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        <Button look={isOld ? 'primary' : 'secondary'} onClick={() => location.reload()}>
          {t('error.reload')}
        </Button>
        <CopyReport error={error} />
        <LocalCopy />
      </div>
      {hasSentence || isOld ? null : (
        <details className="max-w-xl text-text-muted text-xs">
          <summary className="min-h-6 cursor-pointer leading-6">{t('error.details')}</summary>
          <code className="wrap-anywhere font-mono">{error.message}</code>
        </details>
      )}
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
