import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/section.tsx'
import { MessagesPage } from '../monitor/messages-page.tsx'

/** All messages, where Langflow's users look for them. */
export function MessagesSection(): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <Section title={t('nav.messages')}>
      <div className="flex h-[calc(100vh-240px)] min-h-96 flex-col">
        <MessagesPage />
      </div>
    </Section>
  )
}
