import { errorCatalogue } from '@runnel/protocol/errors'
import type { ReferencePart } from '../docs.ts'

/** The failures the server tells, by code. */
export const errorPage: ReferencePart = {
  path: 'reference/errors.md',
  pages: async () => new Map([['reference/errors.md', printErrors()]]),
}

/** What stands in a sentence for what differs from case to case. */
const BLANKS = ['…', '…', '…', '…']

function printErrors(): string {
  const rows = Object.entries(errorCatalogue)
    .map(([code, { status, message }]) => ({
      code,
      status,
      text: (message as (...args: string[]) => string)(...BLANKS),
    }))
    .toSorted((a, b) => a.status - b.status || a.code.localeCompare(b.code))
    .map(
      ({ code, status, text }) => `| \`${code}\` | ${status} | ${text.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`,
    )
  return [
    '<!-- Written by `npm run docs` from packages/protocol/src/errors.ts. -->',
    '',
    '# Errors',
    '',
    'Every failure is `{"detail": …}` with the status below; the code travels in the `x-error-code` header, what the',
    'sentence is about in `x-error-args`: a JSON list, URI-encoded. A run that failed has the text of a JSON object in',
    '`detail`, with `message` and `code`.',
    '',
    '| Code | Status | Sentence |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
