import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRight, Folder, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flowHeadersQuery } from '../api/flows.ts'
import { lastProject, projectsQuery } from '../api/projects.ts'
import { configQuery } from '../api/server-info.ts'
import { FlowSwatch } from '../flows/flow-swatch.tsx'
import { newFlowPlace } from '../flows/new-flow.ts'
import { SECTION_NAMES } from '../pages/settings/section-names.ts'
import { type PaletteEntry, PaletteGroup } from '../ui/palette-dialog.tsx'
import { timeOf } from '../ui/time.tsx'

/** So many flows and projects are offered; more are found by more letters. */
const MOST = 8

const PAGES = [
  ['/files', 'files'],
  ['/knowledge', 'knowledge'],
  ['/api', 'api'],
  ['/monitor', 'monitor'],
  ['/templates', 'templates'],
] as const

export interface PlaceGroupsProps {
  readonly search: string
  /** Called before going, to close what it stands in. */
  readonly onGo: () => void
}

/** Flows, projects, pages and parts of the settings to go to by their name, and a new flow. Their words may come late. */
export function PlaceGroups({ search, onGo }: PlaceGroupsProps): ReactNode {
  const { t } = useTranslation(['common', 'settings'])
  const navigate = useNavigate()
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  const { data: projects = [] } = useQuery(projectsQuery)
  const { data: config } = useQuery(configQuery)
  const wanted = search.trim().toLowerCase()
  const fits = ({ name }: { readonly name: string }): boolean => name.toLowerCase().includes(wanted)
  const go = (to: string) => () => {
    onGo()
    void navigate({ to })
  }
  const found = flows
    .filter((flow) => !flow.is_component && fits(flow))
    .sort((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at))
    .slice(0, MOST)
    .map(
      (flow): PaletteEntry => ({
        id: `flow ${flow.id}`,
        name: flow.name,
        icon: <FlowSwatch flow={flow} size="sm" />,
        onSelect: go(`/flow/${flow.id}`),
      }),
    )
  const inProjects = projects
    .filter(fits)
    .slice(0, MOST)
    .map(
      ({ id, name }): PaletteEntry => ({
        id: `project ${id}`,
        name,
        icon: <Folder size={15} />,
        onSelect: go(`/projects/${id}`),
      }),
    )
  const pages = PAGES.filter(([to]) => to !== '/templates' || !config?.hide_starter_projects).map(([to, name]) => ({
    id: `page ${to}`,
    name: t(`rail.${name}`),
    onSelect: go(to),
  }))
  const sections = SECTION_NAMES.map((name) => ({
    id: `settings ${name}`,
    name: `${t('settings')} › ${t(`settings:nav.${name}`)}`,
    onSelect: go(`/settings/${name}`),
  }))
  const icon = <ArrowRight size={15} />
  const newFlow: PaletteEntry = {
    id: 'new flow',
    name: t('palette.newFlow'),
    icon: <Plus size={15} />,
    onSelect() {
      onGo()
      void navigate(newFlowPlace(lastProject()))
    },
  }
  return (
    <>
      <PaletteGroup
        heading={t('palette.flows')}
        entries={[...found, ...(config?.hide_new_flow_button ? [] : [newFlow].filter(fits))]}
      />
      <PaletteGroup heading={t('palette.projects')} entries={inProjects} />
      <PaletteGroup
        heading={t('palette.pages')}
        entries={[...pages, ...sections].filter(fits).map((page) => ({ ...page, icon }))}
      />
    </>
  )
}
