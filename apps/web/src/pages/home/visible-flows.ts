import type { FlowHeaderRead } from '@runnel/protocol/flows'
import { timeOf } from '../../ui/time.tsx'

/** What the list shows, as the address keeps it. */
export const LIST_DEFAULTS = {
  q: '',
  kind: 'flows',
  sort: 'updated',
  filter: 'all',
  tag: '',
  page: '1',
  size: '24',
} as const satisfies Readonly<Record<string, string>>
export type ListState = Readonly<Record<keyof typeof LIST_DEFAULTS, string>>

export const SORTS = ['updated', 'name', 'oldest'] as const
export const FILTERS = ['all', 'public', 'locked', 'webhook', 'endpoint', 'mcp'] as const

const FILTER_RULES: Readonly<Record<(typeof FILTERS)[number], (flow: FlowHeaderRead) => boolean>> = {
  all: () => true,
  public: ({ access_type }) => access_type === 'PUBLIC',
  locked: ({ locked }) => locked,
  webhook: ({ webhook }) => webhook,
  endpoint: ({ endpoint_name }) => Boolean(endpoint_name),
  mcp: ({ mcp_enabled }) => mcp_enabled === true,
}

const isFilter = (name: string): name is (typeof FILTERS)[number] => Object.hasOwn(FILTER_RULES, name)

export interface VisibleFlows {
  /** On all pages. */
  readonly total: number
  readonly page: number
  readonly size: number
  readonly shown: readonly FlowHeaderRead[]
  /** Whether anything but the page leaves flows out. */
  readonly isFiltered: boolean
}

/** The flows of one page of the list, sorted and filtered. A page past the end is the last. */
export function visibleFlows(flows: readonly FlowHeaderRead[], state: ListState, language: string): VisibleFlows {
  const words = state.q.trim().toLowerCase()
  const passes = isFilter(state.filter) ? FILTER_RULES[state.filter] : FILTER_RULES.all
  const found = flows.filter(
    (flow) =>
      flow.is_component === (state.kind === 'components') &&
      passes(flow) &&
      (state.tag === '' || flow.tags?.includes(state.tag)) &&
      `${flow.name}\n${flow.description ?? ''}`.toLowerCase().includes(words),
  )
  const sorted = sortFlows(found, state.sort, language)
  const size = [12, 24, 48, 96].includes(Number(state.size)) ? Number(state.size) : Number(LIST_DEFAULTS.size)
  const last = Math.max(1, Math.ceil(sorted.length / size))
  const page = Math.min(last, Math.max(1, Math.trunc(Number(state.page)) || 1))
  return {
    total: sorted.length,
    page,
    size,
    shown: sorted.slice((page - 1) * size, page * size),
    isFiltered: words !== '' || state.filter !== 'all' || state.tag !== '',
  }
}

function sortFlows(flows: readonly FlowHeaderRead[], by: string, language: string): readonly FlowHeaderRead[] {
  // The server lists the oldest first.
  if (by === 'oldest') return flows
  if (by === 'name') {
    const { compare } = new Intl.Collator(language, { numeric: true })
    return flows.toSorted((a, b) => compare(a.name, b.name))
  }
  return flows.toSorted((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at))
}
