import { ask, KEY_NOTE, rules, type StarterSpec } from './starter-spec.ts'

/** Texts, tables, files and what other programs post. */
export const dataStarters: readonly StarterSpec[] = [
  {
    name: 'Webhook Summary',
    description: 'Summarises what another program posts.',
    icon: 'Webhook',
    tags: ['summarisation'],
    note: `## Webhook Summary\nPost JSON with the keys **title** and **body** to the address of this webhook; the summary is a message of the flow.\n\n${KEY_NOTE}`,
    nodes: {
      hook: { type: 'Webhook', at: [0, 1] },
      text: { type: 'ParserComponent', at: [1, 1], set: { pattern: '{title}\n\n{body}' } },
      rules: { type: 'Prompt', at: [1, 2], set: { template: 'Summarise the text in two sentences.' } },
      model: { type: 'LanguageModelComponent', at: [2, 1] },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'hook.output_data > text.input_data',
      'text.parsed_text > model.input_value',
      'rules.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Contact Extractor',
    description: 'Takes people and their contact data from a text, as a table.',
    icon: 'TableProperties',
    tags: ['q-a'],
    note: `## Contact Extractor\nStructured Output asks the model for records of a fixed form; the answer shows them as a table.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      extract: {
        type: 'StructuredOutput',
        at: [1, 1],
        set: {
          schema_name: 'Contact',
          output_schema: [
            { name: 'name', description: 'The full name', type: 'str', multiple: false },
            { name: 'email', description: 'The e-mail address', type: 'str', multiple: false },
            { name: 'phone', description: 'The phone number', type: 'str', multiple: false },
          ],
        },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: ['ask.message > extract.input_value', 'extract.dataframe_output > answer.input_value'],
  },
  {
    name: 'Feedback Table',
    description: 'Judges every line of feedback and shows the results as a table.',
    icon: 'ListChecks',
    tags: ['classification'],
    note: `## Feedback Table\nPaste one comment per line. Split Text makes a row of each, Batch Run asks the model about all rows at the same time.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      lines: { type: 'SplitText', at: [1, 1], set: { chunk_size: 1, chunk_overlap: 0, clean_output: true } },
      judge: {
        type: 'BatchRunComponent',
        at: [2, 1],
        set: {
          system_message: 'Say whether the comment is positive, negative or mixed, in one word.',
          column_name: 'text',
          output_column_name: 'sentiment',
        },
      },
      columns: {
        type: 'Operations',
        title: 'Columns to show',
        at: [3, 1],
        set: {
          input_type: 'Table',
          operation: [{ name: 'Select Columns', icon: 'columns' }],
          columns_to_select: ['text', 'sentiment'],
        },
      },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'ask.message > lines.data_inputs',
      'lines.dataframe > judge.df',
      'judge.batch_results > columns.df',
      'columns.dataframe_output > answer.input_value',
    ],
  },
  {
    name: 'Document Q&A',
    description: 'Answers questions on a file of yours.',
    icon: 'FileQuestion',
    tags: ['q-a'],
    note: `## Document Q&A\nChoose a file in **Read File** first. All of its text goes into the prompt; for long documents see the starters on retrieval.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      file: { type: 'File', at: [0, 2] },
      prompt: {
        type: 'Prompt',
        at: [1, 2],
        set: { template: 'Answer from the document alone. Say so when it does not tell.\n\n{document}', document: '' },
      },
      model: { type: 'LanguageModelComponent', at: [2, 1] },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'ask.message > model.input_value',
      'file.message > prompt.document',
      'prompt.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Report to File',
    description: 'Writes a report and keeps it among your files.',
    icon: 'FileText',
    tags: ['content-generation'],
    note: `## Report to File\nThe answer goes to the chat and, as Markdown, to the file **report.md** on the page of your files.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      rules: rules([0, 2], 'Write a report on the subject: a summary, three sections with headings, an outlook.'),
      model: { type: 'LanguageModelComponent', at: [1, 1] },
      save: { type: 'SaveToFile', at: [2, 2], set: { file_name: 'report', local_format: 'markdown' } },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > model.input_value',
      'rules.prompt > model.system_message',
      'model.text_output > answer.input_value',
      'model.text_output > save.input',
    ],
  },
  {
    name: 'Exchange Rates',
    description: 'Reads the rates of the day from an API and answers from them.',
    icon: 'Euro',
    tags: ['q-a'],
    note: `## Exchange Rates\nAPI Request calls a public service for the rates of the euro; put any other address in its place.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      rates: {
        type: 'APIRequest',
        at: [0, 2],
        set: { url_input: 'https://api.frankfurter.dev/v1/latest?base=EUR' },
      },
      text: { type: 'ParserComponent', at: [1, 2], set: { mode: 'Stringify' } },
      prompt: {
        type: 'Prompt',
        at: [2, 2],
        set: { template: 'Answer from these rates alone, and name their day.\n\n{rates}', rates: '' },
      },
      model: { type: 'LanguageModelComponent', at: [3, 1] },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'ask.message > model.input_value',
      'rates.data > text.input_data',
      'text.parsed_text > prompt.rates',
      'prompt.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'News Briefing',
    description: 'Collects the news on a subject and sums them up.',
    icon: 'Newspaper',
    tags: ['assistants', 'summarisation', 'web-scraping'],
    note: `## News Briefing\nWeb Search in the mode **News** reads Google News; the parser makes one text of the articles.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      news: { type: 'UnifiedWebSearch', at: [1, 1], set: { search_mode: 'News', max_results: 10 } },
      text: { type: 'ParserComponent', at: [2, 1], set: { pattern: '- {title} ({published})\n  {link}' } },
      rules: rules([2, 2], 'Write a briefing of five sentences from these headlines. Name the links you used.'),
      model: { type: 'LanguageModelComponent', at: [3, 1] },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'ask.message > news.query',
      'news.results > text.input_data',
      'text.parsed_text > model.input_value',
      'rules.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Video Summary',
    description: 'Sums up what is said in a video on YouTube.',
    icon: 'Clapperboard',
    tags: ['summarisation'],
    note: `## Video Summary\nPaste the address of a video into the chat.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      words: { type: 'YouTubeTranscripts', at: [1, 1] },
      rules: rules([1, 2], 'Sum the transcript up: one sentence on what it is about, then its points as a list.'),
      model: { type: 'LanguageModelComponent', at: [2, 1] },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'ask.message > words.url',
      'words.message > model.input_value',
      'rules.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Table in Plain Words',
    description: 'Says in plain words what to do with a table, and does it.',
    icon: 'SquareFunction',
    tags: ['q-a', 'coding'],
    note: `## Table in Plain Words\nPaste lines with commas into the chat. Smart Transform has the model write a small function and runs it in the sandbox: the model sees a sample, the function sees all.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      transform: {
        type: 'Smart Transform',
        at: [1, 1],
        set: {
          filter_instruction:
            'The text is a table with commas; its first line names the columns. Make a list of objects of it, numbers as ' +
            'numbers, sorted by the last column, the largest first.',
        },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: ['ask.message > transform.data', 'transform.dataframe_output > answer.input_value'],
  },
]
