import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../../api/api-keys.ts'
import { ApiKeysSection } from '../../api-keys/api-keys-section.tsx'
import { useListState } from '../../app/list-state.ts'
import { lazily } from '../../ui/lazily.ts'
import { Page } from '../../ui/page.tsx'
import { ChoiceTabs } from '../../ui/tabs.tsx'

const PublishedFlows = lazily(async () => (await import('./published-flows.tsx')).PublishedFlows)
const UsageView = lazily(async () => (await import('./usage-view.tsx')).UsageView)

const TABS = ['keys', 'published', 'usage'] as const

/** Calling flows from elsewhere: keys, what is published, how much it is used. */
export function ApiPage(): ReactNode {
  const { t } = useTranslation('api')
  // Only `/api` itself is a page: below it are the addresses of the API.
  const [state, setState] = useListState({ tab: 'keys' })
  const tab = TABS.find((one) => one === state.tab) ?? 'keys'
  const { data: keys } = useQuery(apiKeysQuery)
  return (
    <Page
      title={t('title')}
      description={t('text')}
      testId="mainpage_title"
      toolbar={
        <ChoiceTabs
          label={t('title')}
          value={tab}
          tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`), testId: `api-tab-${value}` }))}
          onChange={(chosen) => setState({ tab: chosen })}
          className="mb-4"
        />
      }
    >
      <Suspense fallback={null}>
        {tab === 'keys' ? (
          <>
            {keys?.length === 0 ? (
              <p className="mb-4 rounded-md bg-info-soft p-3 text-info text-sm">{t('firstKey')}</p>
            ) : null}
            <ApiKeysSection access="run" />
          </>
        ) : null}
        {tab === 'published' ? <PublishedFlows /> : null}
        {tab === 'usage' ? <UsageView /> : null}
      </Suspense>
    </Page>
  )
}
