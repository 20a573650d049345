import { saveFile } from '../../ui/file-drop.tsx'
import { readDraft } from './local-draft.ts'

/** What saves the copy of a flow this browser keeps while not all of it is on the server; undefined when all of it is. */
export async function localCopy(flowId: string): Promise<(() => void) | undefined> {
  const draft = await readDraft(flowId)
  if (!draft) return undefined
  const name = `runnel-${new Date(draft.at).toISOString().slice(0, 19).replaceAll(':', '-')}`
  const text = JSON.stringify({ id: flowId, name, data: draft.document }, null, 2)
  return () => saveFile(new Blob([text], { type: 'application/json' }), `${name}.json`)
}
