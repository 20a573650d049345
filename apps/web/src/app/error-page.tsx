import { type ErrorComponentProps, useRouter, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/client.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { ErrorReport } from './error-report.tsx'

/** What a page shows when it fails. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter()
  const retry = (): void => {
    // What the page could not draw may be what it was given: it is asked for anew.
    queryClient.removeQueries({ type: 'inactive' })
    reset()
    void router.invalidate()
  }
  return <ErrorReport error={error} onRetry={retry} />
}

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const { t } = useTranslation('common')
  usePageTitle(t('notFound.title'))
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center">
      <h1 className="font-semibold text-xl">{t('notFound.title')}</h1>
      <p className="wrap-anywhere max-w-xl text-sm text-text-muted">{t('notFound.text', { path })}</p>
      <a href="/" className="inline-flex min-h-6 items-center font-medium text-accent underline">
        {t('notFound.home')}
      </a>
    </div>
  )
}
