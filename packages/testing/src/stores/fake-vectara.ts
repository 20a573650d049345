import type { FakeService } from '../answering-server.ts'
import { sharedWords } from './kept-documents.ts'

interface Section {
  readonly text: string
  readonly metadataJson: string
}
interface Document {
  readonly documentId: string
  readonly metadataJson: string
  readonly section: readonly Section[]
}
interface Query {
  readonly query: string
  readonly numResults: number
  readonly corpusKey: readonly { readonly corpusId: string; readonly metadataFilter: string }[]
  readonly summary?: readonly { readonly summarizerPromptName: string; readonly responseLang: string }[]
}
interface Body {
  readonly corpusId?: string
  readonly document?: Document
  readonly query?: readonly Query[]
}

const attributes = (json: string) =>
  Object.entries(JSON.parse(json) as Readonly<Record<string, unknown>>).map(([name, value]) => ({
    name,
    value: String(value),
  }))

/** Vectara with one corpus, 7, of the customer 42; its answers are the first text it found. */
export function fakeVectara(): FakeService {
  const kept = new Map<string, Document>()
  return ({ path, headers, body }) => {
    if (headers['x-api-key'] !== 'key' || headers['customer-id'] !== '42') return { status: 403, body: 'Forbidden' }
    const { corpusId, document, query = [] } = body as Body // what the tests send
    if (path === '/v1/index' && document) {
      if (corpusId !== '7') return { body: { status: { code: 'NOT_FOUND', statusDetail: 'No such corpus.' } } }
      const isKnown = kept.has(document.documentId)
      kept.set(document.documentId, document)
      return { body: { status: { code: isKnown ? 'ALREADY_EXISTS' : 'OK', statusDetail: '' } } }
    }
    const [asked] = query
    if (path !== '/v1/query' || !asked) return { status: 404, body: 'no such path' }
    const [corpus] = asked.corpusKey
    if (corpus?.corpusId !== '7') {
      return { body: { responseSet: [{ status: [{ code: 'NOT_FOUND', statusDetail: 'No such corpus.' }] }] } }
    }
    const found = [...kept.values()]
      .flatMap((one) => one.section.map((section) => ({ one, section, score: sharedWords(section.text, asked.query) })))
      .filter(({ section }) => fits(JSON.parse(section.metadataJson), corpus.metadataFilter))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, asked.numResults)
    const documents = found.map(({ one }) => ({ id: one.documentId, metadata: attributes(one.metadataJson) }))
    const response = found.map(({ section, score }, documentIndex) => ({
      text: section.text,
      score: score / 10,
      metadata: [{ name: 'lang', value: 'eng' }, ...attributes(section.metadataJson)],
      documentIndex,
    }))
    const summary = asked.summary?.map(({ summarizerPromptName, responseLang }) =>
      summarizerPromptName.endsWith('sml')
        ? { text: `${response[0]?.text ?? 'Nothing was found.'} (${responseLang})`, status: [] }
        : { text: '', status: [{ code: 'FORBIDDEN', statusDetail: 'This prompt is not in your plan.' }] },
    )
    return { body: { responseSet: [{ response, document: documents, status: [], ...(summary && { summary }) }] } }
  }
}

/** `(part.a = 'x' or part.a = 'y') and (part.b = 1)` */
function fits(metadata: Readonly<Record<string, unknown>>, filter: string): boolean {
  return filter
    .split(' and ')
    .filter((part) => part !== '')
    .every((part) =>
      part.split(' or ').some((one) => {
        const [, name = '', value = ''] = /part\.(\w+) = '?([^')]*)/.exec(one) ?? []
        return String(metadata[name]) === value
      }),
    )
}
