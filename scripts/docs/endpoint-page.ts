import { type Access, type Endpoint, successStatus } from '@runnel/protocol/endpoint'
// What an app carries beside Fastify's own is declared there.
import type {} from '@runnel/server/http/implement'
import { testApp } from '@runnel/server/test-app'
import type { ReferencePart } from '../docs.ts'

/** Every endpoint the server answers, read off the app itself. */
export const endpointPage: ReferencePart = {
  path: 'reference/endpoints.md',
  async pages() {
    const server = await testApp()
    try {
      return new Map([['reference/endpoints.md', printEndpoints(server.app.http.endpoints)]])
    } finally {
      await server.close()
    }
  },
}

const CALLERS: Readonly<Record<Access, string>> = {
  none: 'anyone',
  user: 'a user',
  key: 'a user or program',
  superuser: 'a superuser',
  mcp: 'a user or program',
  openai: 'a user or program',
  'mcp-project': "a user or program of the project's owner",
}

type Told = Pick<Endpoint, 'method' | 'path' | 'tag' | 'summary' | 'access' | 'status' | 'response' | 'errors'>

/** One table per tag, in the order of the server. */
export function printEndpoints(endpoints: readonly Told[]): string {
  const tags = [...new Set(endpoints.map(({ tag }) => tag))]
  return [
    '<!-- Written by `npm run docs` from the endpoint declarations in packages/protocol. -->',
    '',
    '# Endpoints',
    '',
    `The ${endpoints.length} endpoints of the server. Each is answered with and without a slash at the end; the same`,
    'declarations check requests and make `/openapi.json` and `/docs`.',
    ...tags.flatMap((tag) => [
      '',
      `## ${tag}`,
      '',
      '| Method | Path | Who may call | What it does | Answers |',
      '| --- | --- | --- | --- | --- |',
      ...endpoints.filter((endpoint) => endpoint.tag === tag).map(row),
    ]),
    '',
  ].join('\n')
}

function row(endpoint: Told): string {
  const { method, path, access, summary, errors = {} } = endpoint
  const answers = [successStatus(endpoint) ?? [], ...Object.keys(errors)].flat().join(', ')
  const shown = path.replace(/:(\w+)/g, '{$1}')
  return `| ${method} | \`${shown}\` | ${CALLERS[access]} | ${summary.replaceAll('|', '\\|')} | ${answers} |`
}
