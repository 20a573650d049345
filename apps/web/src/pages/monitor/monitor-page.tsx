import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { Page } from '../../ui/page.tsx'
import { LinkTabs } from '../../ui/tabs.tsx'

/** What runs left behind: a page for each kind of record. */
export function MonitorPage(): ReactNode {
  const { t } = useTranslation('monitor')
  const { data: session } = useQuery(sessionQuery)
  return (
    <Page
      fills
      title={t('title')}
      toolbar={
        <LinkTabs
          label={t('title')}
          tabs={[
            { to: '/monitor/runs', label: t('tabs.runs') },
            { to: '/monitor/overview', label: t('tabs.overview') },
            { to: '/monitor/messages', label: t('tabs.messages') },
            { to: '/monitor/transactions', label: t('tabs.transactions') },
            { to: '/monitor/builds', label: t('tabs.builds') },
            { to: '/monitor/alerts', label: t('tabs.alerts') },
            ...(session?.user?.is_superuser
              ? [
                  { to: '/monitor/exporters', label: t('tabs.exporters') },
                  { to: '/monitor/logs', label: t('tabs.logs') },
                ]
              : []),
          ]}
        />
      }
    >
      <Suspense fallback={null}>
        <Outlet />
      </Suspense>
    </Page>
  )
}
