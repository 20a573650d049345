import { ask, KEY_NOTE, type StarterSpec } from './starter-spec.ts'

/** A model that makes vectors on the server itself. */
const BUILT_IN = [{ name: 'hashing-384', provider: 'Built-in', icon: 'binary', metadata: { model_type: 'embeddings' } }]
const VECTOR_NOTE =
  'Its vectors are made on this server by hashing words: no key and no download, but it knows words rather than meanings. Choose a model of a provider in **Embedding Model** for more.'

/** Texts that are found before they are asked about. */
export const retrievalStarters: readonly StarterSpec[] = [
  {
    name: 'Ask Long Documents',
    description: 'Finds the passages of a file that answer a question, and answers from them.',
    icon: 'FileSearch',
    tags: ['rag', 'q-a'],
    note: `## Ask Long Documents\nChoose a file in **Read File**. It is split into passages, which are kept in an index on this server and embedded once; each question is answered from the four nearest.\n\n${VECTOR_NOTE}\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      file: { type: 'File', at: [0, 2] },
      passages: { type: 'SplitText', at: [1, 2], set: { chunk_size: 800, chunk_overlap: 100 } },
      vectors: { type: 'EmbeddingModel', at: [1, 3], set: { model: BUILT_IN } },
      index: { type: 'FAISS', at: [2, 2], set: { index_name: 'ask_long_documents' } },
      text: { type: 'ParserComponent', at: [3, 2], set: { pattern: '{text}' } },
      prompt: {
        type: 'Prompt',
        at: [4, 2],
        set: {
          template: 'Answer from these passages alone. Say so when they do not tell.\n\n{passages}',
          passages: '',
        },
      },
      model: { type: 'LanguageModelComponent', at: [5, 1] },
      answer: { type: 'ChatOutput', at: [6, 1] },
    },
    edges: [
      'file.message > passages.data_inputs',
      'passages.dataframe > index.ingest_data',
      'vectors.embeddings > index.embedding',
      'ask.message > index.search_query',
      'index.dataframe > text.input_data',
      'text.parsed_text > prompt.passages',
      'prompt.prompt > model.system_message',
      'ask.message > model.input_value',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Fill a Knowledge Base',
    description: 'Splits a file into passages and keeps them in a knowledge base.',
    icon: 'BookPlus',
    tags: ['rag'],
    note: `## Fill a Knowledge Base\nChoose a file in **Read File** and a knowledge base in **Knowledge**, then run the flow: the file is split into passages, which are embedded and kept there. Passages that are there already are left out, so the flow can be run again with every change of the file.\n\nKnowledge bases are made on the **Knowledge** page, each with the model that embeds its texts.`,
    nodes: {
      file: { type: 'File', at: [0, 1] },
      passages: { type: 'SplitText', at: [1, 1], set: { chunk_size: 800, chunk_overlap: 100 } },
      kept: { type: 'Knowledge', at: [2, 1] },
      text: {
        type: 'ParserComponent',
        at: [3, 1],
        set: { pattern: 'Kept {chunks_created} of {rows} passages in {kb_name}.' },
      },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'file.message > passages.data_inputs',
      'passages.dataframe > kept.input_df',
      'kept.retrieve_data > text.input_data',
      'text.parsed_text > answer.input_value',
    ],
  },
  {
    name: 'Page Librarian',
    description: 'An agent that looks things up in pages it has read into an index.',
    icon: 'Library',
    tags: ['rag', 'agents', 'web-scraping'],
    note: `## Page Librarian\nThe pages of **URL** are read into an index on this server, which the agent searches as a tool, as often as it needs.\n\n${VECTOR_NOTE}\n\nSet the variable **OPENAI_API_KEY**, or choose another model in the Agent.`,
    nodes: {
      ask,
      pages: { type: 'URLComponent', at: [0, 2], set: { urls: ['https://docs.langflow.org/'], max_depth: 1 } },
      passages: { type: 'SplitText', at: [1, 2], set: { chunk_size: 800, chunk_overlap: 100 } },
      vectors: { type: 'EmbeddingModel', at: [1, 3], set: { model: BUILT_IN } },
      index: { type: 'FAISS', asTools: true, at: [2, 2], set: { index_name: 'page_librarian' } },
      agent: {
        type: 'Agent',
        at: [3, 1],
        set: { system_prompt: 'Answer from what search_documents finds. Name the page each fact is from.' },
      },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'pages.page_results > passages.data_inputs',
      'passages.dataframe > index.ingest_data',
      'vectors.embeddings > index.embedding',
      'index.component_as_tool > agent.tools',
      'ask.message > agent.input_value',
      'agent.response > answer.input_value',
    ],
  },
  {
    name: 'Nearest Headline',
    description: 'Finds the lines of a text that are nearest to a question, without any model key.',
    icon: 'ListFilter',
    tags: ['rag'],
    note: `## Nearest Headline\nPut one line per entry into **Text Input**; the chat gives the three lines that are nearest to what you ask.\n\n${VECTOR_NOTE}\n\nThis flow needs no key at all.`,
    nodes: {
      ask,
      lines: {
        type: 'TextInput',
        at: [0, 2],
        set: {
          input_value:
            'Refunds are paid within fourteen days.\nThe office is closed on Sundays.\nParcels are sent by rail.\nKeys are at the front desk.\nThe car park opens at seven.',
        },
      },
      entries: { type: 'SplitText', at: [1, 2], set: { chunk_size: 1, chunk_overlap: 0 } },
      vectors: { type: 'EmbeddingModel', at: [1, 3], set: { model: BUILT_IN } },
      index: { type: 'Chroma', at: [2, 2], set: { number_of_results: 3 } },
      text: { type: 'ParserComponent', at: [3, 2], set: { pattern: '- {text}' } },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'lines.text > entries.data_inputs',
      'entries.dataframe > index.ingest_data',
      'vectors.embeddings > index.embedding',
      'ask.message > index.search_query',
      'index.dataframe > text.input_data',
      'text.parsed_text > answer.input_value',
    ],
  },
]
