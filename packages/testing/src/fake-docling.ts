import type { FakeService } from './answering-server.ts'

export interface FakeDoclingOptions {
  /** The path it answers under. */
  readonly version?: 'v1' | 'v1alpha'
  /** It takes no documents. */
  readonly refuses?: boolean
  /** How often it fails when it is asked how far it is. */
  readonly failures?: number
}

interface Source {
  readonly base64_string: string
  readonly filename: string
}
interface Body {
  readonly sources?: readonly Source[]
  readonly file_sources?: readonly Source[]
}

/** Docling Serve: a document is its text under a heading, read when it is asked for the first time. */
export function fakeDocling({ version = 'v1', refuses = false, failures = 0 }: FakeDoclingOptions = {}): FakeService {
  const tasks = new Map<string, Source>()
  let left = failures
  return ({ path, body }) => {
    if (!path.startsWith(`/${version}/`)) return { status: 404, body: { detail: 'Not Found' } }
    const asked = path.slice(version.length + 2)
    if (asked === 'convert/source/async') {
      if (refuses) return { status: 503, body: { detail: 'Busy' } }
      const { sources, file_sources } = body as Body // what the component sends
      const [source] = (version === 'v1' ? sources : file_sources) ?? []
      if (!source) return { status: 422, body: { detail: 'sources is missing' } }
      const task_id = `task-${tasks.size}`
      tasks.set(task_id, source)
      return { body: { task_id, task_status: 'pending' } }
    }
    const task_id = asked.split('/').at(-1) ?? ''
    const source = tasks.get(task_id)
    if (!source) return { status: 404, body: { detail: 'Task not found.' } }
    if (asked.startsWith('status/poll/')) {
      if (left-- > 0) return { status: 500, body: { detail: 'Internal Server Error' } }
      return { body: { task_id, task_status: source.filename.startsWith('broken') ? 'failure' : 'success' } }
    }
    const json_content = { schema_name: 'DoclingDocument', name: source.filename, texts: [] }
    const md_content = `# ${Buffer.from(source.base64_string, 'base64').toString()}`
    return { body: { document: { filename: source.filename, json_content, md_content }, status: 'success' } }
  }
}
