import { createApiKey } from '@runnel/protocol/api-keys'
import { uploadUserFile } from '@runnel/protocol/files'
import { createFlow, type FlowCreate } from '@runnel/protocol/flows'
import { createProject } from '@runnel/protocol/projects'
import { publishFlow } from '@runnel/protocol/publications'
import { runFlow } from '@runnel/protocol/runs'
import { createVariable } from '@runnel/protocol/variables'
import { echoFlow } from './echo-flow.ts'
import type { Runnel } from './start-runnel.ts'

/** What the pages in the pictures are about. */
export interface PictureData {
  /** A flow of two chat nodes that has run. */
  readonly echoId: string
  /** The newest run of it. */
  readonly runId: string
  /** The largest starter. */
  readonly canvasId: string
  /** A flow one can chat with. */
  readonly chatId: string
  readonly emptyProjectId: string
}

/** Fills a server as a week of use would: flows, runs, messages, a publication, keys, variables and files. */
export async function fillForPictures({ address, client }: Runnel): Promise<PictureData> {
  const examples: unknown = await (await fetch(`${address}/api/v1/flows/basic_examples/`)).json()
  if (!Array.isArray(examples)) throw new Error('The server has no starters')
  const made: string[] = []
  for (const { name, description, data } of examples.slice(0, 8)) {
    made.push((await client.call(createFlow, { body: { name, description, data } })).id)
  }
  const [largest] = examples.toSorted((a, b) => b.data.nodes.length - a.data.nodes.length)
  const canvas = await client.call(createFlow, { body: { name: largest.name, data: largest.data } })
  const description = 'Repeats what it is told.'
  const echo: FlowCreate = { ...(await echoFlow('Echo')), description, mcp_enabled: true, action_name: 'echo' }
  const { id: echoId } = await client.call(createFlow, { body: echo })
  for (const [index, text] of ['Hello', 'How are you?', '你好', 'Until tomorrow'].entries()) {
    const body = { input_value: text, session_id: index < 2 ? 'monday' : 'tuesday' }
    await client.call(runFlow, { params: { flow_id_or_name: echoId }, body })
  }
  const [broken = ''] = made
  const body = { input_value: 'Will it work?', session_id: 'tuesday' }
  // Its model has no key: one run that failed belongs to the list.
  await client.call(runFlow, { params: { flow_id_or_name: broken }, body }).catch(() => undefined)
  await client.call(publishFlow, { params: { flow_id: echoId }, body: { note: 'First version' } })
  await client.call(createApiKey, { body: { name: 'Website' } })
  await client.call(createVariable, { body: { name: 'OPENAI_API_KEY', value: 'sk-none', type: 'Credential' } })
  await client.call(createVariable, { body: { name: 'GREETING', value: 'Good morning', type: 'Generic' } })
  for (const name of ['handbook.md', 'prices.csv', '说明.txt']) {
    const form = new FormData()
    form.append('file', new Blob([`${name}\n`.repeat(40)]), name)
    await client.call(uploadUserFile, { form })
  }
  const { id: emptyProjectId } = await client.call(createProject, { body: { name: 'Ideas' } })
  const { runs } = await (await fetch(`${address}/api/v1/monitor/runs?flow_id=${echoId}`)).json()
  return { echoId, runId: runs[0].id, canvasId: canvas.id, chatId: broken, emptyProjectId }
}
