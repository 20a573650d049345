import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useListState } from '../../app/list-state.ts'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { flowOfTemplate } from '../../flows/new-flow.ts'
import { Page } from '../../ui/page.tsx'
import { TemplateGallery } from './template-gallery.tsx'
import { categoryOf, GALLERY_AT_FIRST } from './templates.ts'

/** The gallery of the new-flow dialog as a page of its own, what it shows in the address (N-10). */
export function TemplatesPage(): ReactNode {
  const { t } = useTranslation('templates')
  const { create } = useFlowActions()
  const [{ category, q }, change] = useListState<Record<'category' | 'q', string>>({
    category: GALLERY_AT_FIRST.category,
    q: GALLERY_AT_FIRST.search,
  })
  return (
    <Page title={t('title')} description={t('text')}>
      <TemplateGallery
        state={{ category: categoryOf(category), search: q }}
        onState={(next) => change({ category: next.category, q: next.search })}
        onChoose={(template) => void create(flowOfTemplate(template, undefined))}
      />
    </Page>
  )
}
