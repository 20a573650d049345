import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/client.ts'
import { exampleFlowsQuery } from '../../api/example-flows.ts'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { flowOfTemplate } from '../../flows/new-flow.ts'
import { notify } from '../../ui/notifications.tsx'
import { withKnowledgeBase } from './ingestion-template.ts'
import { NewBaseDialog } from './new-base-dialog.tsx'

/** The template that fills a knowledge base. */
const TEMPLATE = 'fill_a_knowledge_base'

/** Makes a knowledge base, and a flow that fills it. */
export function IngestionFlow({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  const { create } = useFlowActions()

  async function begin(base: string): Promise<void> {
    const templates = await queryClient.fetchQuery(exampleFlowsQuery(i18n.language))
    const template = templates.find(({ name_key: key }) => key === TEMPLATE)
    if (!template) {
      notify('error', t('ingestion.gone'))
      return
    }
    const flow = flowOfTemplate(template, undefined)
    await create({ ...flow, data: withKnowledgeBase(flow.data, base) })
  }

  return (
    <NewBaseDialog
      title={t('ingestion.title')}
      text={t('ingestion.text')}
      onClose={onClose}
      onMade={({ name }) => void begin(name)}
    />
  )
}
