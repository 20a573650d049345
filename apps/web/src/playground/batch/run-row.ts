import { cancelBuild, startBuild } from '@runnel/protocol/builds'
import { deleteSession } from '@runnel/protocol/monitor-messages'
import { client } from '../../api/client.ts'
import { type FlowDocument, isNote } from '../../editor/model/flow-document.ts'
import { shownOutputOf } from '../../editor/output-inspector/shown-output.ts'
import { type BuildEvent, readBuildStream } from '../../editor/run/build-events.ts'
import { idleNode } from '../../editor/run/node-run.ts'
import { componentText } from '../../i18n/component-text.ts'

type Built = Extract<BuildEvent, { readonly event: 'end_vertex' }>['data']['build_data']

/**
 * Runs a flow once, in a conversation of its own that is forgotten afterwards; the run is kept.
 * @returns what the nodes gave that nothing goes on from, by their names
 * @throws Error that says why it failed
 */
export async function runRow(
  flowId: string,
  document: FlowDocument,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const session = `batch ${crypto.randomUUID()}`
  const response = await client.request(startBuild, {
    params: { flow_id: flowId },
    query: { event_delivery: 'direct' },
    body: { inputs: { session }, data: { nodes: [...document.nodes], edges: [...document.edges] } },
    signal,
  })
  const jobId = response.headers.get('x-langflow-job-id')
  const built = new Map<string, Built>()
  const said: string[] = []
  let failure: string | undefined
  try {
    for await (const event of readBuildStream(response)) {
      // Heard to its end: what is said of a failure is stored, too, and forgotten with the rest below.
      if (event.event === 'error') failure ??= event.data.text ?? ''
      if (event.event === 'add_message' && event.data.sender !== 'User') said.push(event.data.text ?? '')
      if (event.event === 'end_vertex') built.set(event.data.build_data.id, event.data.build_data)
    }
  } finally {
    if (signal.aborted && jobId !== null) {
      await client.call(cancelBuild, { params: { job_id: jobId } }).catch(() => undefined)
    }
    await client
      .call(deleteSession, { params: { session_id: session }, query: { flow_id: flowId } })
      .catch(() => undefined)
  }
  if (failure !== undefined) throw new Error(failure)
  const failed = [...built.values()].find(({ valid }) => !valid)
  if (failed) throw new Error(failed.params)
  return outputsOf(document, built, said)
}

function outputsOf(
  document: FlowDocument,
  built: ReadonlyMap<string, Built>,
  said: readonly string[],
): Readonly<Record<string, string>> {
  const ends = document.nodes.filter(
    (node) => !isNote(node) && !document.edges.some(({ source }) => source === node.id) && built.has(node.id),
  )
  const found: Record<string, string> = {}
  for (const { id, data } of ends) {
    const { outputs = [], display_name } = data.node
    const run = { ...idleNode, outputs: built.get(id)?.data.outputs ?? {} }
    const texts = outputs.flatMap((output) => {
      const message = shownOutputOf(run, output)?.message
      return message === undefined || message === null || message === '' ? [] : [whole(textOf(message), said)]
    })
    const name = componentText(display_name)
    found[name in found ? `${name} (${id})` : name] = texts.join('\n\n')
  }
  return found
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** So much of a text is not cut by the server. */
const SAME = 500

/** Long texts are cut in what nodes show; what was said in the chat is not. */
const whole = (text: string, said: readonly string[]): string =>
  text.length < SAME ? text : (said.findLast((one) => one.startsWith(text.slice(0, SAME))) ?? text)
