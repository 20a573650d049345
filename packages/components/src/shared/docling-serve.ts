import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext, StoredFile } from '@runnel/sdk'
import { answerOfService, askJson, jsonObject, postJson, textIn } from './ask-service.ts'
import { pause } from './poll.ts'

export interface DoclingServer {
  readonly url: string
  readonly headers: JsonObject
  /** How documents are read. */
  readonly options: JsonObject
}

export interface DoclingDocument {
  /** The document as Docling describes it. */
  readonly doc: JsonObject
  /** The same as Markdown. */
  readonly text: string
}

const EVERY_MS = 2000
/** So often may the server fail while it is asked how far it is. */
const MOST_FAILURES = 5

/** A server of Docling; old ones answer under another path. `everyMs` is the time between two looks. */
export function doclingServe({ url, headers: given, options }: DoclingServer, context: RunContext, everyMs = EVERY_MS) {
  const at = url.trim().replace(/\/+$/, '')
  if (!/^https?:\/\//.test(at)) {
    throw new AppError('invalid_field', [`${at || 'Nothing'} is no address of a server. Write https://…`])
  }
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const asked = { to_formats: ['json', 'md'], image_export_mode: 'placeholder', ...options }

  async function begun({ name, bytes }: StoredFile): Promise<{ readonly base: string; readonly task: JsonObject }> {
    const file = { base64_string: Buffer.from(bytes).toString('base64'), filename: name }
    const today = { options: asked, sources: [{ kind: 'file', ...file }] }
    const answer = await answerOfService(`${at}/v1/convert/source/async`, postJson(today, headers), context)
    if (answer.status < 400) return { base: `${at}/v1`, task: jsonObject(answer) }
    if (answer.status !== 404) throw failed(`HTTP error occurred: ${answer.status} - ${answer.text.slice(0, 500)}`)
    const before = { options: { ...asked, return_as_file: false }, file_sources: [file] }
    const base = `${at}/v1alpha`
    return { base, task: await askJson(`${base}/convert/source/async`, postJson(before, headers), context) }
  }

  return {
    /** @throws AppError `bad_request` when the server cannot read the document */
    async convert(file: StoredFile): Promise<DoclingDocument> {
      const { base, task } = await begun(file)
      const id = encodeURIComponent(textIn(task.task_id))
      let status = textIn(task.task_status)
      for (let failures = 0; status !== 'success'; ) {
        if (status === 'failure') throw failed(`${file.name} could not be read.`)
        const answer = await answerOfService(`${base}/status/poll/${id}`, { headers }, context)
        if (answer.status >= 500 && ++failures > MOST_FAILURES) {
          throw failed(`The server failed ${failures} times, at last with the status ${answer.status}.`)
        }
        if (answer.status >= 400 && answer.status < 500) throw failed(`HTTP error occurred: ${answer.status}`)
        if (answer.status < 400) status = textIn(jsonObject(answer).task_status)
        if (status !== 'success' && status !== 'failure') await pause(everyMs, context.signal)
      }
      const { document } = await askJson(`${base}/result/${id}`, { headers, maxBytes: 100 * 1024 * 1024 }, context)
      const { json_content: doc, md_content } = isObject(document) ? document : {}
      if (!isObject(doc)) throw failed('No JSON DoclingDocument found in the result.')
      return { doc, text: textIn(md_content) }
    },
  }
}

const failed = (why: string): AppError => new AppError('bad_request', [`Docling: ${why}`])
