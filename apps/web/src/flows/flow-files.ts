import { downloadFlows, type FlowRead, uploadFlows } from '@runnel/protocol/flows'
import { client } from '../api/client.ts'
import { saveFile } from '../ui/file-drop.tsx'

/** What holds flows: one, a collection, or a zip of them. */
export const FLOW_FILES = '.json,.zip,application/json,application/zip'

export const isFlowFile = ({ name }: File): boolean => /\.(json|zip)$/i.test(name)

/** Imports the flows of one file into a project. @throws ClientError for a file that holds none */
export async function importFlows(file: File, projectId: string | undefined): Promise<readonly FlowRead[]> {
  const form = new FormData()
  form.append('file', file)
  const query = projectId === undefined ? {} : { folder_id: projectId }
  return client.call(uploadFlows, { form, query })
}

/** Saves flows as files, without their secrets: one as JSON, several as a zip. */
export async function exportFlows(flows: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
  const [first] = flows
  if (!first) return
  const response = await client.request(downloadFlows, { body: flows.map(({ id }) => id) })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  if (flows.length > 1) return saveFile(await response.blob(), 'flows.zip')
  const text = JSON.stringify(await response.json(), null, 2)
  saveFile(new Blob([text], { type: 'application/json' }), `${first.name}.json`)
}
