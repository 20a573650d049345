import { defineComponent, field, textOfData, toText } from '@runnel/sdk'
import { connectedLlm } from '../shared/connected-agent.ts'
import { askText } from '../shared/language-model.ts'
import { fits, queryIn, queryPrompt, querySchema } from '../shared/self-query.ts'
import { connectedStore } from '../shared/store-connection.ts'

/** Documents that are found unless the question says how many. */
const LIMIT = 4
/** From so many times as many near documents those are taken that fit what the store cannot compare. */
const WIDER = 10

export const selfQueryRetriever = defineComponent({
  type: 'SelfQueryRetriever',
  aliases: ['SelfQueryRetrieverComponent'],
  displayName: 'Self Query Retriever',
  description: 'Has a model turn a question into a search and conditions on the metadata, and searches a vector store.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    query: field.handle({ label: 'Query', info: 'The question.', accepts: ['Message', 'Text'] }),
    vectorstore: field.handle({ label: 'Vector Store', info: 'The store that is searched.', accepts: ['VectorStore'] }),
    attribute_infos: field.handle({
      label: 'Metadata Field Info',
      info: 'The entries of the metadata: Data with name, description and type, one for each.',
      accepts: ['Data', 'JSON'],
      list: true,
    }),
    document_content_description: field.text({
      label: 'Document Content Description',
      info: 'What the documents are.',
    }),
    llm: field.handle({ label: 'LLM', info: 'The model that writes the search.', accepts: ['LanguageModel'] }),
  },
  outputs: {
    documents: {
      type: 'Data',
      label: 'Retrieved Documents',
      method: 'retrieve_documents',
      async run({ inputs, context }) {
        const store = connectedStore(inputs.vectorstore, 'Vector Store')
        const question = toText(inputs.query)
        const text = queryPrompt(question, inputs.document_content_description, inputs.attribute_infos)
        const answer = await askText(
          connectedLlm(inputs.llm),
          {
            messages: [{ role: 'user', content: [{ type: 'text', text }] }],
            stream: false,
            json: { name: 'Search', schema: querySchema },
          },
          context,
        )
        const { query, limit = LIMIT, filter, others } = queryIn(answer, question)
        const wide = others.length > 0 ? limit * WIDER : limit
        const found = await store.search(query, wide, context, filter)
        const kept = found.filter(({ data }) => others.every((condition) => fits(data, condition))).slice(0, limit)
        context.setStatus(kept.map(textOfData))
        return kept
      },
    },
  },
})
