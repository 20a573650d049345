import type { FlowHeaderRead } from '@runnel/protocol/flows'
import type { RunRead } from '@runnel/protocol/monitor'
import type { Publication } from '@runnel/protocol/publications'
import { Link } from '@tanstack/react-router'
import { CloudUpload, Ellipsis, Globe, Lock, Users, Webhook } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FlowActions } from '../../flows/flow-actions.ts'
import { dragFlows } from '../../flows/flow-drag.ts'
import { FlowSwatch } from '../../flows/flow-swatch.tsx'
import { RunStatus } from '../../flows/run-status.tsx'
import { mayEdit } from '../../projects/may.ts'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Menu } from '../../ui/menu.tsx'
import type { Selection } from '../../ui/selection.ts'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useFlowMenu } from './flow-menu.tsx'

export interface FlowCardProps {
  readonly flow: FlowHeaderRead
  readonly view: 'grid' | 'list'
  readonly selection: Selection
  readonly actions: FlowActions
  readonly lastRun: RunRead | undefined
  /** If it answers calls. */
  readonly publication: Publication | undefined
  readonly onEdit: (flow: FlowHeaderRead) => void
  readonly onApi: (flow: FlowHeaderRead) => void
}

/** One flow of the list. All of it opens the flow; it can be dragged to a project. */
export function FlowCard({
  flow,
  view,
  selection,
  actions,
  lastRun,
  publication,
  onEdit,
  onApi,
}: FlowCardProps): ReactNode {
  const { t } = useTranslation('home')
  const items = useFlowMenu({ flow, actions, publication, onEdit, onApi })
  const isSelected = selection.has(flow.id)
  /** The tick box stands in the place of the square. */
  const isSelecting = selection.ids.size > 0
  const isGrid = view === 'grid'
  return (
    <li
      data-testid="list-card"
      draggable={mayEdit(flow)}
      onDragStart={(event) => dragFlows(event, isSelected ? [...selection.ids] : [flow.id], flow.owner_username)}
      className={classNames(
        'group relative flex gap-3 border',
        isSelected ? 'border-accent bg-accent-soft' : 'border-border bg-surface hover:border-border-strong',
        isGrid ? 'h-full rounded-lg p-4 hover:shadow-2' : 'items-center rounded-md px-3 py-2',
      )}
    >
      <div className="group/mark relative shrink-0">
        <span className={isSelecting ? 'opacity-0' : 'group-has-[:focus-visible]/mark:opacity-0 group-hover:opacity-0'}>
          <FlowSwatch flow={flow} />
        </span>
        <Checkbox
          checked={isSelected}
          label={t('select', { name: flow.name })}
          testId={`checkbox-${flow.id}`}
          onClick={(event) => selection.toggle(flow.id, event)}
          className={classNames(
            'absolute! top-1.5 left-1.5 z-10',
            isSelecting ? 'opacity-100' : 'opacity-0 focus-visible:opacity-100 group-hover:opacity-100',
          )}
        />
      </div>
      <div
        className={classNames(
          'flex min-w-0 flex-1',
          isGrid ? 'flex-col gap-1' : 'items-center gap-4 max-sm:flex-col max-sm:items-stretch max-sm:gap-1',
        )}
      >
        <div className={classNames('min-w-0', !isGrid && 'flex-1')}>
          <Link
            to="/flow/$flowId"
            params={{ flowId: flow.id }}
            draggable={false}
            onClick={(event) => {
              if (!event.shiftKey && !event.metaKey && !event.ctrlKey) return
              event.preventDefault()
              selection.toggle(flow.id, event)
            }}
            className="block truncate pr-8 font-medium leading-6 after:absolute after:inset-0 after:content-['']"
            data-testid="flow-name-div"
          >
            {flow.name}
          </Link>
          <p className={classNames('text-sm text-text-muted', isGrid ? 'line-clamp-2 min-h-10' : 'truncate')}>
            {flow.description || (isGrid ? t('noDescription') : '')}
          </p>
        </div>
        <div
          className={classNames(
            'flex min-w-0 items-center gap-2 text-text-muted text-xs',
            isGrid ? 'mt-auto min-h-8 flex-wrap gap-y-1 pt-2' : 'max-sm:flex-wrap',
          )}
        >
          {lastRun ? (
            <span className={classNames('inline-flex', !isGrid && 'sm:order-1')}>
              <RunStatus status={lastRun.status} compact />
            </span>
          ) : null}
          {flow.owner_username === undefined ? null : <OwnerMark owner={flow.owner_username} />}
          {publication ? <PublishedMark publication={publication} /> : null}
          <Marks flow={flow} />
          <span className={isGrid ? 'whitespace-nowrap' : 'order-1 w-44 whitespace-nowrap text-right max-sm:w-auto'}>
            {t('edited')} <Time at={flow.updated_at} />
          </span>
        </div>
      </div>
      <div className={classNames('z-10', isGrid ? 'absolute top-3 right-3' : '')}>
        <Menu items={items}>
          <IconButton label={t('menu.label', { name: flow.name })} data-testid="home-dropdown-menu">
            <Ellipsis size={16} />
          </IconButton>
        </Menu>
      </div>
    </li>
  )
}

function OwnerMark({ owner }: { readonly owner: string }): ReactNode {
  const { t } = useTranslation('common')
  const label = t('projects.sharedBy', { owner })
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label} className="relative z-10 inline-flex min-w-0" data-testid="owner-mark">
        <Badge className="max-w-32">
          <Users size={12} className="shrink-0" />
          <span className="truncate">{owner}</span>
        </Badge>
      </span>
    </Tooltip>
  )
}

function PublishedMark({ publication: { version, status } }: { readonly publication: Publication }): ReactNode {
  const { t } = useTranslation('home')
  const label = t(status === 'outdated' ? 'mark.outdated' : 'mark.published', { version })
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label} className="relative z-10 inline-flex" data-testid="published-mark">
        <Badge tone={status === 'outdated' ? 'warning' : 'success'}>
          <CloudUpload size={12} />v{version}
        </Badge>
      </span>
    </Tooltip>
  )
}

function Marks({ flow }: { readonly flow: FlowHeaderRead }): ReactNode {
  const { t } = useTranslation('home')
  const mark = (label: string, icon: ReactNode): ReactNode => (
    <Tooltip label={label}>
      <span role="img" aria-label={label} className="relative z-10 inline-flex">
        {icon}
      </span>
    </Tooltip>
  )
  return (
    <>
      {flow.locked ? mark(t('mark.locked'), <Lock size={14} />) : null}
      {flow.webhook ? mark(t('mark.webhook'), <Webhook size={14} />) : null}
      {flow.access_type === 'PUBLIC' ? mark(t('mark.public'), <Globe size={14} />) : null}
      {flow.endpoint_name ? <Badge>/{flow.endpoint_name}</Badge> : null}
    </>
  )
}
