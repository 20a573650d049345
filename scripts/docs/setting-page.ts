import type { Setting } from '@runnel/server/setting-kinds'
import { settings } from '@runnel/server/settings'
import type { ReferencePart } from '../docs.ts'

/** The environment variables the server reads. */
export const settingPage: ReferencePart = {
  path: 'reference/settings.md',
  pages: async () => new Map([['reference/settings.md', printSettings(Object.values(settings))]]),
}

export function printSettings(all: readonly Pick<Setting, 'variable' | 'fallback' | 'allowed' | 'about'>[]): string {
  const rows = all.map(({ variable, fallback, allowed, about }) =>
    [code(variable), fallback === '' ? 'unset' : code(fallback), about, allowed].map(cell).join(' | '),
  )
  return [
    '<!-- Written by `npm run docs` from apps/server/src/settings.ts. -->',
    '',
    '# Settings',
    '',
    'Environment variables the server reads when it starts. An empty variable counts as unset; a value that is not',
    'allowed stops the start with a message that names it.',
    '',
    '| Variable | Default | What it does | Allowed |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n')
}

const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => text.replaceAll('|', '\\|')
