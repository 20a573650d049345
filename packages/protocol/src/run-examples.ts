import { exampleFlowId, exampleJobId, exampleSessionId } from './examples.ts'

const text = 'Tell me about something interesting!'

/** The node that takes the input of the example run, and the one that answers. */
export const exampleNodeIds = { input: 'ChatInput-vNTgk', output: 'ChatOutput-AsQ4z' }

const properties = {
  text_color: null,
  background_color: null,
  edited: false,
  source: { id: exampleNodeIds.input, display_name: 'Chat Input', source: 'Chat Input' },
  icon: null,
  allow_markdown: false,
  positive_feedback: null,
  state: 'complete',
  targets: [],
  usage: null,
  build_duration: null,
}

const said = {
  timestamp: '2026-01-05 17:59:07 UTC',
  sender: 'Machine',
  sender_name: 'AI',
  session_id: exampleSessionId,
  context_id: '',
  files: [],
  error: false,
  edit: false,
  properties,
  category: 'message',
  content_blocks: [],
  session_metadata: { graph_run_id: exampleJobId },
  flow_id: exampleFlowId,
  run_id: exampleJobId,
  duration: null,
}

/** A message as an edit answers it. */
export const exampleMessage = { ...said, text, id: '1c1d6134-9b8b-4079-931c-84dcaddf19ba' }

/** A message as lists show it. */
export const exampleMessageRow = { ...exampleMessage, files: '[]' }

const results = {
  message: {
    text_key: 'text',
    data: exampleMessage,
    default_value: '',
    text,
    ...said,
    timestamp: '2026-01-05T17:59:07+00:00',
    component_id: exampleNodeIds.output,
  },
}
const artifacts = { message: text, sender: 'Machine', sender_name: 'AI', files: [], type: 'object' }
const outputs = { message: { message: text, type: 'text' } }
const logs = { message: [] }

/** An echo: what was said to `ChatInput` comes back from `ChatOutput`. */
export const exampleRunAnswer = {
  session_id: exampleSessionId,
  outputs: [
    {
      inputs: { input_value: text },
      outputs: [
        {
          results,
          artifacts,
          outputs,
          logs,
          messages: [
            {
              message: text,
              sender: 'Machine',
              sender_name: 'AI',
              session_id: exampleSessionId,
              stream_url: null,
              component_id: exampleNodeIds.output,
              files: [],
              type: 'text',
            },
          ],
          timedelta: null,
          duration: null,
          component_display_name: 'Chat Output',
          component_id: exampleNodeIds.output,
          used_frozen_result: false,
          token_usage: null,
        },
      ],
    },
  ],
}

/** The same from the advanced endpoint, which leaves keys without a value out. */
export const exampleAdvancedAnswer: unknown = JSON.parse(
  JSON.stringify(exampleRunAnswer),
  (_, value) => value ?? undefined,
)

const builtData = {
  results,
  outputs,
  logs,
  message: artifacts,
  artifacts,
  timedelta: 0.0004,
  duration: '0 ms',
  used_frozen_result: false,
  token_usage: null,
}
const params = `- Files: []\n  Message: ${text}\n  Sender: Machine\n  Sender Name: AI\n  Type: object\n`
const timestamp = '2026-01-05T17:59:07.855000Z'

/** One build of a node as the monitor keeps it. */
export const exampleNodeBuild = {
  timestamp,
  id: exampleNodeIds.output,
  data: builtData,
  artifacts,
  params,
  valid: true,
  flow_id: exampleFlowId,
  build_id: '01ce083d-7493-71d7-9345-76d75bf10e2a',
  job_id: exampleJobId,
}

/** The same build as the one who asked for it is answered. */
export const exampleBuiltNode = {
  id: exampleNodeIds.output,
  inactivated_vertices: [],
  next_vertices_ids: [],
  top_level_vertices: [],
  valid: true,
  params,
  data: builtData,
  timestamp,
}
