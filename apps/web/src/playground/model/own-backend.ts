import {
  deleteMessages,
  deleteSession,
  listMessages,
  listSessions,
  renameSession,
  updateMessage,
} from '@runnel/protocol/monitor-messages'
import { client, queryClient } from '../../api/client.ts'
import type { Workspace } from '../../editor/editor-context.tsx'
import type { FlowDocument } from '../../editor/model/flow-document.ts'
import { type Problem, problemsOf } from '../../editor/model/problems.ts'
import { lackedModel } from '../../editor/model-setup/fill-models.ts'
import { lackedVariables } from '../../editor/run/lacked-variables.ts'
import { timeOf } from '../../ui/time.tsx'
import { withSessionValues } from '../session-values/session-values.ts'
import type { ChatBackend } from './chat-backend.ts'
import { uploadToFlow } from './upload.ts'

const PAGE = 50
/** As many of the newest messages say when their sessions were last used. */
const NEWEST = 200

/** The chat of a flow that is open in the editor: what is on the canvas is run, saved or not. */
export function createOwnBackend({
  flowId,
  editor,
  runner,
  catalogue,
  role,
}: Pick<Workspace, 'flowId' | 'editor' | 'runner' | 'catalogue' | 'role'>): ChatBackend {
  const query = { flow_id: flowId }

  /** What the flow lacks; whether there is a model to ask is what the server knows, and its run tells it otherwise. */
  async function problemsNow(document: FlowDocument): Promise<readonly Problem[]> {
    const problems = problemsOf(document, { catalogue, hidesSecrets: role !== undefined })
    // What somebody else made runs with the models and variables of that one.
    if (problems.length > 0 || role !== undefined) return problems
    const unnamed = await lackedVariables(document, queryClient).catch(() => [])
    if (unnamed.length > 0) return unnamed
    const lacked = await lackedModel(document, queryClient).catch(() => undefined)
    return lacked ? [{ key: lacked === 'language' ? 'noModel' : 'noEmbeddings', values: {}, nodeId: undefined }] : []
  }

  return {
    flowId,
    async sessions() {
      const [ids, newest] = await Promise.all([
        client.call(listSessions, { query }),
        client.call(listMessages, { query: { ...query, order: 'DESC', limit: NEWEST } }),
      ])
      const lastAt = (id: string): number | undefined => {
        const last = newest.find(({ session_id }) => session_id === id)
        return last && timeOf(last.timestamp)
      }
      return ids.map((id) => ({ id, lastAt: lastAt(id) }))
    },
    async messages(sessionId, skip) {
      // The server decodes the id once more.
      const session_id = encodeURIComponent(sessionId)
      const messages = await client.call(listMessages, { query: { ...query, session_id, limit: PAGE, offset: skip } })
      return { messages, hasOlder: messages.length === PAGE }
    },
    async findSessions(words) {
      const said = await client.call(listMessages, { query: { ...query, search: words, order: 'DESC', limit: NEWEST } })
      return new Set(said.map(({ session_id }) => session_id))
    },
    async renameSession(from, to) {
      await client.call(renameSession, {
        params: { old_session_id: from },
        query: { ...query, new_session_id: to },
      })
    },
    async removeSession(sessionId) {
      await client.call(deleteSession, { params: { session_id: sessionId }, query })
    },
    async updateMessage(id, { text, feedback, reasons }) {
      await client.call(updateMessage, {
        params: { message_id: id },
        body: {
          ...(text !== undefined && { text }),
          ...((feedback !== undefined || reasons !== undefined) && {
            properties: {
              ...(feedback !== undefined && { positive_feedback: feedback }),
              ...(reasons !== undefined && {
                feedback: reasons && { reasons: [...reasons.reasons], text: reasons.text },
              }),
            },
          }),
        },
      })
    },
    async removeMessages(ids) {
      await client.call(deleteMessages, { body: [...ids] })
    },
    upload: (file, onProgress, signal) => uploadToFlow(flowId, file, onProgress, signal),
    async run({ version, values = [], variables = {}, ...input }) {
      const document = withSessionValues(editor.getDocument(), values)
      // One that was named and not yet given a value is as it is stored.
      const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
      // What was published can run, whatever the draft lacks.
      const problems = version === undefined ? await problemsNow(document) : []
      return problems.length > 0
        ? { kind: 'refused', problems }
        : runner.run({ document, version, input, variables: given })
    },
    stop: () => runner.stop(),
    listen: (hear) => runner.listen(hear),
    isBusy: () => runner.store.getState().running !== undefined,
    onBusy: (hear) =>
      runner.store.subscribe(({ running, outcome }, before) => {
        if ((running === undefined) !== (before.running === undefined)) {
          hear(running !== undefined, outcome?.kind === 'stopped')
        }
      }),
  }
}
