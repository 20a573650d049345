import type { FlowHeaderRead } from '@runnel/protocol/flows'
import type { FlowRuns } from '@runnel/protocol/monitor'
import { timeOf } from '../../ui/time.tsx'

/** What the list shows, as the address keeps it. */
export const LIST_DEFAULTS = {
  q: '',
  kind: 'flows',
  sort: 'updated',
  filter: 'all',
  tag: '',
  /** The name of a user. */
  owner: '',
  /** `all`: the flows of every project. */
  in: '',
  /** The one the browser remembers. */
  view: '',
  page: '1',
  size: '24',
} as const satisfies Readonly<Record<string, string>>
export type ListState = Readonly<Record<keyof typeof LIST_DEFAULTS, string>>

export const SORTS = ['updated', 'name', 'runs', 'oldest'] as const
export const FILTERS = ['all', 'published', 'public', 'locked', 'webhook', 'endpoint', 'mcp'] as const

/** What is known of flows beside what they are. */
export interface FlowFacts {
  /** By flow; those that never ran are left out. */
  readonly runs: ReadonlyMap<string, Pick<FlowRuns, 'runs'>>
  /** The flows that answer calls of the workflow API. */
  readonly published: { readonly has: (flowId: string) => boolean }
  /** The name of who looks at them, whose flows say no owner. */
  readonly self: string
}

type Rule = (flow: FlowHeaderRead, facts: FlowFacts) => boolean

const FILTER_RULES: Readonly<Record<(typeof FILTERS)[number], Rule>> = {
  all: () => true,
  published: ({ id }, { published }) => published.has(id),
  public: ({ access_type }) => access_type === 'PUBLIC',
  locked: ({ locked }) => locked,
  webhook: ({ webhook }) => webhook,
  endpoint: ({ endpoint_name }) => Boolean(endpoint_name),
  mcp: ({ mcp_enabled }) => mcp_enabled === true,
}

const isFilter = (name: string): name is (typeof FILTERS)[number] => Object.hasOwn(FILTER_RULES, name)

/** Whose flows they are, oneself first, the others by their names. */
export const ownersOf = (flows: readonly FlowHeaderRead[], self: string): readonly string[] => {
  const others = new Set(flows.flatMap(({ owner_username: owner }) => owner ?? []))
  const isAnyOwn = flows.some(({ owner_username: owner }) => owner === undefined)
  return [...(isAnyOwn ? [self] : []), ...[...others].sort()]
}

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
export function visibleFlows(
  flows: readonly FlowHeaderRead[],
  state: ListState,
  facts: FlowFacts,
  language: string,
): VisibleFlows {
  const words = state.q.trim().toLowerCase()
  const passes = isFilter(state.filter) ? FILTER_RULES[state.filter] : FILTER_RULES.all
  const found = flows.filter(
    (flow) =>
      flow.is_component === (state.kind === 'components') &&
      (state.kind !== 'published' || facts.published.has(flow.id)) &&
      passes(flow, facts) &&
      (state.tag === '' || flow.tags?.includes(state.tag)) &&
      (state.owner === '' || (flow.owner_username ?? facts.self) === state.owner) &&
      `${flow.name}\n${flow.description ?? ''}`.toLowerCase().includes(words),
  )
  const sorted = sortFlows(found, state.sort, facts, language)
  const size = [12, 24, 48, 96].includes(Number(state.size)) ? Number(state.size) : Number(LIST_DEFAULTS.size)
  const last = Math.max(1, Math.ceil(sorted.length / size))
  const page = Math.min(last, Math.max(1, Math.trunc(Number(state.page)) || 1))
  return {
    total: sorted.length,
    page,
    size,
    shown: sorted.slice((page - 1) * size, page * size),
    isFiltered: words !== '' || state.filter !== 'all' || state.tag !== '' || state.owner !== '',
  }
}

function sortFlows(
  flows: readonly FlowHeaderRead[],
  by: string,
  { runs }: FlowFacts,
  language: string,
): readonly FlowHeaderRead[] {
  // The server lists the oldest first.
  if (by === 'oldest') return flows
  if (by === 'name') {
    const { compare } = new Intl.Collator(language, { numeric: true })
    return flows.toSorted((a, b) => compare(a.name, b.name))
  }
  // Of those changed in one second the last made comes first.
  const newestFirst = flows.toReversed().sort((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at))
  if (by !== 'runs') return newestFirst
  const countOf = ({ id }: FlowHeaderRead): number => runs.get(id)?.runs ?? 0
  return newestFirst.sort((a, b) => countOf(b) - countOf(a))
}
