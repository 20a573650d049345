import { type Data, defineComponent, field, message, textOfData } from '@runnel/sdk'
import { chainFields } from '../shared/chain-fields.ts'
import { connectedLlm } from '../shared/connected-agent.ts'
import { answerFromDocuments, CHAIN_TYPES } from '../shared/document-answer.ts'
import { askText } from '../shared/language-model.ts'
import { connectedStore } from '../shared/store-connection.ts'

/** Documents an answer is made from. */
const DOCUMENTS = 4

export const retrievalQa = defineComponent({
  type: 'RetrievalQA',
  aliases: ['RetrievalQAComponent'],
  displayName: 'Retrieval QA',
  description: 'Answers a question from what a vector store finds on it.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    ...chainFields,
    chain_type: field.dropdown({
      label: 'Chain Type',
      info:
        'How the model is asked: about all documents at once, about each and then about the answers, about one after ' +
        'the other to better the answer, or about each for the best answer.',
      options: CHAIN_TYPES,
      default: 'Stuff',
      advanced: true,
    }),
    retriever: field.handle({
      label: 'Retriever',
      info: 'The store that is searched.',
      accepts: ['Retriever', 'VectorStore'],
      required: true,
    }),
    memory: field.handle({
      label: 'Memory',
      info: 'Kept for older files. The question is asked by itself.',
      accepts: ['BaseChatMemory'],
    }),
    return_source_documents: field.bool({
      label: 'Return Source Documents',
      info: 'Write the documents below the answer.',
    }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Message',
      method: 'invoke_chain',
      async run({ inputs, context }) {
        const { input_value: question, chain_type, return_source_documents } = inputs
        const model = connectedLlm(inputs.llm)
        const store = connectedStore(inputs.retriever, 'Retriever')
        const documents = await store.search(question, DOCUMENTS, context)
        const ask = (text: string) =>
          askText(model, { messages: [{ role: 'user', content: [{ type: 'text', text }] }], stream: false }, context)
        const answer = await answerFromDocuments(chain_type, question, documents.map(textOfData), ask)
        const said = return_source_documents && documents.length > 0 ? `${answer}\n${references(documents)}` : answer
        context.setStatus(said)
        return message(said)
      },
    },
  },
})

const references = (documents: readonly Data[]): string =>
  ['References:', ...documents.map((document) => `- ${sourceOf(document)}${textOfData(document)}`)].join('\n')

function sourceOf({ data: { source, title } }: Data): string {
  const named = typeof source === 'string' ? source : title
  return typeof named === 'string' && named !== '' ? `${named}: ` : ''
}
