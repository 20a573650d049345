import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { flowOfTemplate } from '../../flows/new-flow.ts'
import { Page } from '../../ui/page.tsx'
import { TemplateGallery } from './template-gallery.tsx'

/** The gallery of the new-flow dialog as a page of its own. */
export function TemplatesPage(): ReactNode {
  const { t } = useTranslation('templates')
  const { create } = useFlowActions()
  return (
    <Page title={t('title')} description={t('text')}>
      <TemplateGallery onChoose={(template) => void create(flowOfTemplate(template, undefined))} />
    </Page>
  )
}
