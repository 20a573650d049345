import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FilePlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { lastProject } from '../../api/projects.ts'
import { configQuery } from '../../api/server-info.ts'
import { useListState } from '../../app/list-state.ts'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { flowOfTemplate, newFlowPlace } from '../../flows/new-flow.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { TemplateGallery } from './template-gallery.tsx'
import { categoryOf, GALLERY_AT_FIRST } from './templates.ts'

/** The gallery of the new-flow dialog as a page of its own, what it shows in the address. */
export function TemplatesPage(): ReactNode {
  const { t } = useTranslation('templates')
  const { create } = useFlowActions()
  const navigate = useNavigate()
  const { data: config } = useQuery(configQuery)
  const [{ category, q }, change] = useListState<Record<'category' | 'q', string>>({
    category: GALLERY_AT_FIRST.category,
    q: GALLERY_AT_FIRST.search,
  })
  return (
    <Page
      title={t('title')}
      description={t('text')}
      actions={
        config?.hide_new_flow_button ? null : (
          <Button data-testid="blank-flow" onClick={() => void navigate(newFlowPlace(lastProject()))}>
            <FilePlus size={16} />
            {t('newFlow.blank')}
          </Button>
        )
      }
    >
      <TemplateGallery
        state={{ category: categoryOf(category), search: q }}
        onState={(next) => change({ category: next.category, q: next.search })}
        onChoose={(template) => void create(flowOfTemplate(template, undefined))}
      />
    </Page>
  )
}
