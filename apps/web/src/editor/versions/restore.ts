import { activateFlowVersion } from '@runnel/protocol/flow-versions'
import { client } from '../../api/client.ts'
import { restoreVersion } from '../commands/restore-version.ts'
import type { Workspace } from '../editor-context.tsx'
import { readDocument } from '../model/flow-document.ts'
import type { Autosave } from '../saving/autosave.ts'

/**
 * Gives a flow the content of a version, as a step that can be undone.
 * @returns false when what is there now could not be saved first
 */
export async function restore(
  { editor, flowId }: Pick<Workspace, 'editor' | 'flowId'>,
  autosave: Autosave,
  versionId: string,
): Promise<boolean> {
  if (!(await autosave.flush())) return false
  // The server keeps what is there now, and knows the secrets, which it does not hand out.
  const params = { flow_id: flowId, version_id: versionId }
  const flow = await client.call(activateFlowVersion, { params })
  editor.apply(restoreVersion, { version: readDocument(flow.data) })
  autosave.rebase(editor.getDocument(), flow.version_token)
  return true
}
