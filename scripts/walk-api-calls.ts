/** What earlier answers told. */
export interface Known {
  readonly ids: Record<string, string>
  readonly files: Readonly<Record<'text' | 'image' | 'flow' | 'zip', string>>
  readonly echo: unknown
}

export interface Call {
  /** The document of the interface that shows this call. */
  readonly seed: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string | ((known: Known) => string)
  /** More arguments for curl. */
  readonly args?: (known: Known) => readonly string[]
  readonly statuses: readonly number[]
  readonly documented: string
  /** Whether the body is as documented. */
  readonly holds?: (body: string) => boolean
  readonly keep?: (body: string, known: Known) => void
  readonly saveAs?: 'zip'
}

const json = (value: unknown) => [
  '-H',
  'Content-Type: application/json',
  '-H',
  'accept: application/json',
  '-d',
  JSON.stringify(value),
]
const parsed = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
const has =
  (...keys: readonly string[]) =>
  (body: string) =>
    keys.every((key) => key in parsed(body))
const isList = (body: string) => Array.isArray(parsed(body))
const keepId =
  (name: string, key = 'id') =>
  (body: string, { ids }: Known) => {
    const value = parsed(body)
    const found = Array.isArray(value) ? value[0]?.[key] : value[key]
    if (typeof found === 'string') ids[name] = found
  }
const id =
  (name: string) =>
  ({ ids }: Known) =>
    ids[name] ?? 'missing'
const at =
  (before: string, name: string, after = '') =>
  (known: Known) =>
    `${before}${id(name)(known)}${after}`
const stamp = Date.now()

/** Every call of the documents, in an order in which each finds what it needs. */
export const calls: readonly Call[] = [
  // Server
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/version',
    statuses: [200],
    documented: '{"version", "main_version", "package"}',
    holds: has('version', 'main_version', 'package'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/config',
    statuses: [200],
    documented: '{"feature_flags", "frontend_timeout", "auto_saving", …}',
    holds: has('feature_flags', 'auto_saving_interval', 'max_file_size_upload'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/all',
    statuses: [200],
    documented: '{category: {type: definition}}',
    holds: has('input_output'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/docs',
    statuses: [200],
    documented: 'the OpenAPI page',
    holds: (body) => body.startsWith('<!doctype html'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/openapi.json',
    statuses: [200],
    documented: '{"openapi", "info", "paths"}',
    holds: has('openapi', 'info', 'paths'),
  },

  // Flows
  {
    seed: '001',
    method: 'POST',
    path: '/api/v1/projects/',
    args: () => json({ name: `walk ${stamp}`, description: 'string', components_list: [], flows_list: [] }),
    statuses: [201],
    documented: '{"name", "description", "id", "parent_id"}',
    holds: has('id', 'name', 'description'),
    keep: keepId('project'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v1/flows/',
    args: ({ echo, ids }) =>
      json({
        name: `walk ${stamp}`,
        description: 'string',
        icon: 'string',
        icon_bg_color: '#FF0000',
        gradient: 'string',
        data: echo,
        is_component: false,
        updated_at: '2024-12-30T15:48:01.519Z',
        webhook: false,
        endpoint_name: `walk-${stamp}`,
        tags: ['string'],
        project_id: ids.project,
      }),
    statuses: [201],
    documented: 'the flow, with id, user_id, project_id',
    holds: has('id', 'user_id', 'project_id', 'locked'),
    keep: keepId('flow'),
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/flows/', 'flow'),
    statuses: [200],
    documented: 'the flow',
    holds: has('id', 'data'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/flows/?remove_example_flows=false&components_only=false&get_all=true&header_flows=false&page=1&size=50',
    statuses: [200],
    documented: 'a list of flows',
    holds: isList,
  },
  {
    seed: '001',
    method: 'GET',
    path: at(
      '/api/v1/flows/?remove_example_flows=true&components_only=false&get_all=false&project_id=',
      'project',
      '&header_flows=false&page=1&size=1',
    ),
    statuses: [200],
    documented: '{"items", "total", "page", "size", "pages"}',
    holds: has('items', 'total'),
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/flows/read',
    statuses: [200],
    documented: 'the list of flows',
    holds: isList,
  },
  {
    seed: '001',
    method: 'PATCH',
    path: at('/api/v1/flows/', 'flow'),
    args: ({ ids }) =>
      json({
        name: `walked ${stamp}`,
        description: 'new words',
        project_id: ids.project,
        endpoint_name: `walk-${stamp}`,
        locked: true,
      }),
    statuses: [200],
    documented: 'the flow',
    holds: has('id', 'locked'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v1/flows/batch/',
    args: () =>
      json({
        flows: [
          { name: `batch a ${stamp}`, data: { nodes: [], edges: [] } },
          { name: `batch b ${stamp}`, data: { nodes: [], edges: [] } },
        ],
      }),
    statuses: [201],
    documented: 'a list of flows',
    holds: isList,
    keep: keepId('batch'),
  },
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/flows/upload/?project_id=', 'project'),
    args: ({ files }) => ['-F', `file=@${files.flow};type=application/json`],
    statuses: [201],
    documented: 'a list of flows',
    holds: isList,
    keep: keepId('uploaded'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v1/flows/download/',
    args: ({ ids }) => json([ids.flow, ids.batch]),
    statuses: [200],
    documented: 'a zip',
    holds: (body) => body === '(zip)',
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/flows/basic_examples/',
    statuses: [200],
    documented: 'a list of flows',
    holds: isList,
  },

  // Runs
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/run/', 'flow'),
    args: () =>
      json({
        input_value: 'Tell me about something interesting!',
        session_id: 'chat-123',
        input_type: 'chat',
        output_type: 'chat',
        output_component: '',
        tweaks: null,
      }),
    statuses: [200],
    documented: '{"session_id", "outputs"}',
    holds: has('session_id', 'outputs'),
  },
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/run/', 'flow', '?stream=true'),
    args: () => json({ message: 'Tell me something interesting!', session_id: 'chat-123' }),
    statuses: [200],
    documented: '{"event": "add_message", …} … {"event": "end", …}',
    holds: (body) => body.startsWith('{"event": "add_message"') && body.includes('{"event": "end"'),
  },
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/run/', 'flow'),
    args: () =>
      json({
        input_value: 'Tell me a story',
        input_type: 'chat',
        output_type: 'chat',
        output_component: 'chat_output',
        session_id: 'chat-123',
        tweaks: { component_id: { parameter_name: 'value' } },
      }),
    statuses: [200],
    documented: '{"session_id", "outputs"}',
    holds: has('outputs'),
  },
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/webhook/', 'flow'),
    args: () => json({ data: 'example-data' }),
    statuses: [202],
    documented: '{"message": "Task started in the background", "status": "in progress"}',
    holds: has('message', 'status'),
    keep: keepId('task', 'task_id'),
  },
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/process/', 'flow'),
    args: () => json({}),
    statuses: [400],
    documented: '{"detail": "The /process endpoint is deprecated …"}',
    holds: has('detail'),
  },
  {
    seed: '000',
    method: 'POST',
    path: at('/api/v1/predict/', 'flow'),
    args: () => json({}),
    statuses: [400],
    documented: '{"detail": "The /process endpoint is deprecated …"}',
    holds: has('detail'),
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/task/', 'task'),
    statuses: [200],
    documented: '{"status", "result"}',
    holds: has('status', 'result'),
  },
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/upload/', 'flow'),
    args: ({ files }) => ['-F', `file=@${files.text}`],
    statuses: [201],
    documented: '{"flowId", "file_path"}',
    holds: has('flowId', 'file_path'),
  },

  // Builds
  {
    seed: '002',
    method: 'POST',
    path: at('/api/v1/build/', 'flow', '/flow'),
    args: () => json({ inputs: { input_value: 'Tell me a story' } }),
    statuses: [200],
    documented: '{"job_id"}',
    holds: has('job_id'),
    keep: keepId('job', 'job_id'),
  },
  {
    seed: '002',
    method: 'GET',
    path: at('/api/v1/build/', 'job', '/events'),
    statuses: [200],
    documented: '{"event": "vertices_sorted", …} … {"event": "end", …}',
    holds: (body) => body.startsWith('{"event": "vertices_sorted"') && body.includes('"end"'),
  },
  {
    seed: '002',
    method: 'POST',
    path: at('/api/v1/build/', 'flow', '/flow'),
    args: ({ echo }) => json({ data: echo, inputs: { input_value: 'Your custom input here', session: 'session_id' } }),
    statuses: [200],
    documented: '{"job_id"}',
    holds: has('job_id'),
    keep: keepId('job2', 'job_id'),
  },
  {
    seed: '002',
    method: 'GET',
    path: at('/api/v1/build/', 'job2', '/events?stream=false'),
    statuses: [200],
    documented: 'all events at once',
    holds: (body) => body.includes('"end"'),
  },
  {
    seed: '002',
    method: 'POST',
    path: at('/api/v1/build/', 'flow', '/flow'),
    args: () =>
      json({ input_value: 'x', files: [], start_component_id: null, stop_component_id: null, log_builds: true }),
    statuses: [200],
    documented: '{"job_id"}',
    holds: has('job_id'),
  },

  // Files
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/files/upload/', 'flow'),
    args: ({ files }) => ['-F', `file=@${files.text}`],
    statuses: [201],
    documented: '{"flowId", "file_path"}',
    holds: has('flowId', 'file_path'),
    keep: keepId('file1', 'file_path'),
  },
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/files/upload/', 'flow'),
    args: ({ files }) => ['-F', `file=@${files.image}`],
    statuses: [201],
    documented: '{"flowId", "file_path"}',
    holds: has('file_path'),
    keep: keepId('image', 'file_path'),
  },
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/run/', 'flow', '?stream=false'),
    args: ({ ids }) =>
      json({
        output_type: 'chat',
        input_type: 'chat',
        tweaks: { 'Chat Input': { files: ids.image, input_value: 'what do you see?' } },
      }),
    statuses: [200],
    documented: '{"session_id", "outputs"}',
    holds: has('outputs'),
  },
  {
    seed: '001',
    method: 'POST',
    path: at('/api/v1/run/', 'flow'),
    args: ({ ids }) =>
      json({
        input_value: 'what do you see?',
        output_type: 'chat',
        input_type: 'text',
        tweaks: { 'File-t2Ngc': { path: [ids.image] } },
      }),
    statuses: [200],
    documented: '{"session_id", "outputs"}',
    holds: has('outputs'),
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/files/list/', 'flow'),
    statuses: [200],
    documented: '{"files"}',
    holds: has('files'),
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/files/download/', 'file1'),
    statuses: [200],
    documented: 'the file',
    holds: (body) => body.startsWith('Rivers'),
  },
  {
    seed: '001',
    method: 'DELETE',
    path: at('/api/v1/files/delete/', 'file1'),
    statuses: [200],
    documented: '{"message"}',
    holds: has('message'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v2/files',
    args: ({ files }) => ['-F', `file=@${files.text}`],
    statuses: [201],
    documented: '{"id", "name", "path", "size", "provider"}',
    holds: has('id', 'name', 'path', 'size'),
    keep: keepId('file2'),
  },
  { seed: '001', method: 'GET', path: '/api/v2/files', statuses: [200], documented: 'a list of files', holds: isList },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v2/files/', 'file2'),
    statuses: [200],
    documented: 'the file',
    holds: (body) => body.startsWith('Rivers'),
  },
  {
    seed: '001',
    method: 'PUT',
    path: at('/api/v2/files/', 'file2', '?name=new_file_name'),
    statuses: [200],
    documented: '{"id", "name"}',
    holds: has('id', 'name'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v2/files/batch/',
    args: ({ ids }) => json([ids.file2]),
    statuses: [200],
    documented: 'a zip',
    holds: (body) => body === '(zip)',
  },
  {
    seed: '001',
    method: 'DELETE',
    path: at('/api/v2/files/', 'file2'),
    statuses: [200],
    documented: '{"message"}',
    holds: has('message'),
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v2/files',
    args: ({ files }) => ['-F', `file=@${files.image}`],
    statuses: [201],
    documented: '{"id", "name", "path", "size", "provider"}',
    holds: has('id', 'name', 'path', 'size'),
    keep: keepId('file3'),
  },
  {
    seed: '001',
    method: 'DELETE',
    path: '/api/v2/files/batch/',
    args: ({ ids }) => json([ids.file3]),
    statuses: [200],
    documented: '{"message"}',
    holds: has('message'),
  },
  {
    seed: '001',
    method: 'DELETE',
    path: '/api/v2/files',
    statuses: [200],
    documented: '{"message"}',
    holds: has('message'),
  },

  // Monitor
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/monitor/builds?flow_id=', 'flow'),
    statuses: [200],
    documented: '{"vertex_builds"}',
    holds: has('vertex_builds'),
  },
  {
    seed: '001',
    method: 'DELETE',
    path: at('/api/v1/monitor/builds?flow_id=', 'flow'),
    statuses: [204],
    documented: 'nothing',
  },
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/monitor/messages',
    statuses: [200],
    documented: 'a list of messages',
    holds: isList,
  },
  {
    seed: '001',
    method: 'GET',
    path: at(
      '/api/v1/monitor/messages?flow_id=',
      'flow',
      '&session_id=chat-123&sender=Machine&sender_name=AI&order_by=timestamp',
    ),
    statuses: [200],
    documented: 'a list of messages',
    holds: isList,
    keep: keepId('message'),
  },
  {
    seed: '001',
    method: 'PUT',
    path: at('/api/v1/monitor/messages/', 'message'),
    args: () => json({ text: 'testing 1234' }),
    statuses: [200],
    documented: 'the message',
    holds: has('id', 'text'),
  },
  {
    seed: '001',
    method: 'PATCH',
    path: '/api/v1/monitor/messages/session/chat-123?new_session_id=different_session_id',
    statuses: [200],
    documented: 'a list of messages',
    holds: isList,
  },
  {
    seed: '001',
    method: 'DELETE',
    path: '/api/v1/monitor/messages',
    args: ({ ids }) => json([ids.message]),
    statuses: [204],
    documented: 'nothing',
  },
  {
    seed: '001',
    method: 'DELETE',
    path: '/api/v1/monitor/messages/session/different_session_id',
    statuses: [204],
    documented: 'nothing',
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/monitor/transactions?flow_id=', 'flow', '&page=1&size=50'),
    statuses: [200],
    documented: '{"items", "total", "page", "size", "pages"}',
    holds: has('items', 'total'),
  },

  // Logs: 501 unless the server was started with LANGFLOW_ENABLE_LOG_RETRIEVAL=true
  {
    seed: '001',
    method: 'GET',
    path: '/logs?lines_before=0&lines_after=0&timestamp=0',
    statuses: [200, 501],
    documented: '{time: line}, once switched on',
  },
  {
    seed: '001',
    method: 'GET',
    path: '/logs-stream',
    // It never ends; a line to keep the connection comes after five seconds.
    args: () => ['-H', 'accept: text/event-stream', '--max-time', '7'],
    statuses: [200, 501],
    documented: 'keepalive … {time: line} …, once switched on',
    holds: (body) => body.includes('keepalive') || body.includes('Log retrieval is disabled'),
  },

  // Projects
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/projects/',
    statuses: [200],
    documented: 'a list of projects',
    holds: isList,
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/projects/', 'project'),
    statuses: [200],
    documented: '{"name", "description", "id", "flows"}',
    holds: has('id', 'flows'),
  },
  {
    seed: '001',
    method: 'PATCH',
    path: at('/api/v1/projects/', 'project'),
    args: ({ ids }) =>
      json({
        name: `walked project ${stamp}`,
        description: 'string',
        parent_id: null,
        components: [],
        flows: [ids.flow],
      }),
    statuses: [200],
    documented: 'the project',
    holds: has('id', 'name'),
  },
  {
    seed: '001',
    method: 'GET',
    path: at('/api/v1/projects/download/', 'project'),
    statuses: [200],
    documented: 'a zip',
    holds: (body) => body === '(zip)',
    saveAs: 'zip',
  },
  {
    seed: '001',
    method: 'POST',
    path: '/api/v1/projects/upload/',
    args: ({ files }) => ['-F', `file=@${files.zip};type=application/zip`],
    statuses: [201],
    documented: 'a list of flows',
    holds: isList,
    keep: keepId('project2', 'folder_id'),
  },

  // The store
  {
    seed: '001',
    method: 'GET',
    path: '/api/v1/store/components/',
    statuses: [200],
    documented: '{"count", "authorized", "results"}',
    holds: has('count', 'authorized', 'results'),
  },

  // Away with it
  {
    seed: '001',
    method: 'DELETE',
    path: at('/api/v1/flows/', 'flow'),
    statuses: [200],
    documented: '{"message": "Flow deleted successfully"}',
    holds: has('message'),
  },
  {
    seed: '001',
    method: 'DELETE',
    path: at('/api/v1/flows/', 'batch'),
    statuses: [200],
    documented: '{"message": "Flow deleted successfully"}',
    holds: has('message'),
  },
  { seed: '001', method: 'DELETE', path: at('/api/v1/projects/', 'project'), statuses: [204], documented: 'nothing' },
  { seed: '001', method: 'DELETE', path: at('/api/v1/projects/', 'project2'), statuses: [204], documented: 'nothing' },
]
