import { createRegistry } from '@runnel/engine/registry'
import type { Component } from '@runnel/sdk'
import { loadComponents } from '../component-files.ts'
import type { ReferencePart } from '../docs.ts'
import { langflowTypes, notPossible, plannedWhen } from './langflow-types.ts'

/** Which of Langflow's components run here. */
export const coveragePage: ReferencePart = {
  path: 'components.md',
  pages: async (root) => {
    const components = (await loadComponents(root)).map(({ component }) => component)
    return new Map([['components.md', printCoverage(components)]])
  },
}

type Status = 'native' | 'planned' | 'not possible'

interface Row {
  readonly type: string
  readonly status: Status
  /** The component that runs it, or why none does yet. */
  readonly note: string
}

/** The page for a catalogue. */
export function printCoverage(components: readonly Component[]): string {
  const { get } = createRegistry(components)
  const rowOf = (type: string): Row => {
    const found = get(type)
    const why = notPossible[type]
    if (found) return { type, status: 'native', note: linkTo(found) }
    return why
      ? { type, status: 'not possible', note: why }
      : { type, status: 'planned', note: plannedWhen[type] ?? '' }
  }
  const groups = langflowTypes.map(({ title, types }) => ({ title, rows: types.map(rowOf) }))
  const rows = groups.flatMap((group) => group.rows)
  const count = (status: Status) => rows.filter((row) => row.status === status).length
  const known = new Set(rows.flatMap(({ type }) => get(type)?.type ?? []))
  const own = components.filter(({ type }) => !known.has(type))
  return `${[
    '<!-- Written by `npm run docs` from scripts/docs/langflow-types.ts and the catalogue. -->',
    "# Langflow's components",
    `Of ${rows.length} types, ${count('native')} are native: a node of that type runs here, whatever version its file is
of. ${count('planned')} are planned, ${count('not possible')} not possible. A node of another type loads and saves, and
fails when it is reached, with a message that names it.`,
    ...groups.map(({ title, rows }) => [`## ${title}`, table(rows)].join('\n\n')),
    own.length > 0 && `## Also here\n\n${own.map((component) => `- ${linkTo(component)}`).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

const linkTo = ({ type, displayName }: Component): string =>
  `[${displayName}](reference/components/${encodeURIComponent(type)}.md)`

const table = (rows: readonly Row[]): string =>
  [
    '| Type | Status | |',
    '| --- | --- | --- |',
    ...rows.map(({ type, status, note }) => `| \`${type}\` | ${status} | ${note} |`),
  ].join('\n')
