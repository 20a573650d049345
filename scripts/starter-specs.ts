/** One node of a starter: its component, its title, and the values that differ from the defaults. */
export interface NodeSpec {
  readonly type: string
  readonly title?: string
  readonly set?: Readonly<Record<string, unknown>>
  /** Column and row on the canvas. */
  readonly at: readonly [column: number, row: number]
}

export interface StarterSpec {
  readonly name: string
  readonly description: string
  readonly icon: string
  readonly tags: readonly string[]
  /** A sticky note, in Markdown. */
  readonly note: string
  readonly nodes: Readonly<Record<string, NodeSpec>>
  /** `from.output > to.field`; `from.output >> loop.item` closes a loop. */
  readonly edges: readonly string[]
}

const ask: NodeSpec = { type: 'ChatInput', at: [0, 1] }
const KEY_NOTE = 'Set the variable **OPENAI_API_KEY**, or choose another model in the Language Model.'

/** The flows a new user finds. Everything in them runs on a fresh server with one model key. */
export const starters: readonly StarterSpec[] = [
  {
    name: 'Basic Prompting',
    description: 'Ask a model with a prompt of your own.',
    icon: 'MessageSquareText',
    tags: ['chatbots'],
    note: `## Basic Prompting\nThe prompt tells the model how to answer; the chat input is the question.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      prompt: {
        type: 'Prompt',
        at: [0, 2],
        set: { template: 'You explain things to newcomers. Answer in at most five sentences and give one example.' },
      },
      model: { type: 'LanguageModelComponent', at: [1, 1] },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > model.input_value',
      'prompt.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Memory Chatbot',
    description: 'A chat that remembers what was said before.',
    icon: 'MessagesSquare',
    tags: ['chatbots'],
    note: `## Memory Chatbot\nMessage History brings the last messages of the session into the prompt.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      history: { type: 'Memory', at: [0, 2], set: { n_messages: 20 } },
      prompt: {
        type: 'Prompt',
        at: [1, 2],
        set: { template: 'You are a helpful assistant.\n\nThe conversation so far:\n{history}', history: '' },
      },
      model: { type: 'LanguageModelComponent', at: [2, 1] },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'ask.message > model.input_value',
      'history.messages_text > prompt.history',
      'prompt.prompt > model.system_message',
      'model.text_output > answer.input_value',
    ],
  },
  {
    name: 'Prompt Chaining',
    description: 'The answer of one model is the question of the next.',
    icon: 'Link',
    tags: ['content-generation'],
    note: `## Prompt Chaining\nAn outline first, then the article, then a critical reading: three steps are easier to steer than one.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      outlineRules: {
        type: 'Prompt',
        title: 'Outline rules',
        at: [0, 2],
        set: { template: 'Write an outline of three points for an article on the given subject.' },
      },
      outline: { type: 'LanguageModelComponent', title: 'Outline', at: [1, 1] },
      draftRules: {
        type: 'Prompt',
        title: 'Draft rules',
        at: [1, 2],
        set: { template: 'Turn the outline into an article of about 200 words.' },
      },
      draft: { type: 'LanguageModelComponent', title: 'Draft', at: [2, 1] },
      editRules: {
        type: 'Prompt',
        title: 'Editor rules',
        at: [2, 2],
        set: { template: 'Improve the article: shorter sentences, no empty words. Answer with the article alone.' },
      },
      edit: { type: 'LanguageModelComponent', title: 'Editor', at: [3, 1] },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'ask.message > outline.input_value',
      'outlineRules.prompt > outline.system_message',
      'outline.text_output > draft.input_value',
      'draftRules.prompt > draft.system_message',
      'draft.text_output > edit.input_value',
      'editRules.prompt > edit.system_message',
      'edit.text_output > answer.input_value',
    ],
  },
  {
    name: 'Question Router',
    description: 'Sends questions of two kinds down two ways.',
    icon: 'Split',
    tags: ['classification'],
    note: `## Question Router\nIf-Else looks for the word "refund"; only the chosen way runs.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      route: {
        type: 'ConditionalRouter',
        at: [1, 1],
        set: { operator: 'contains', match_text: 'refund', case_sensitive: false },
      },
      refundRules: {
        type: 'Prompt',
        title: 'Refund rules',
        at: [1, 0],
        set: { template: 'You handle refunds. Ask for the order number if it is missing.' },
      },
      refund: { type: 'LanguageModelComponent', title: 'Refund desk', at: [2, 0] },
      helpRules: {
        type: 'Prompt',
        title: 'Help rules',
        at: [1, 2],
        set: { template: 'You answer questions on the product, briefly.' },
      },
      help: { type: 'LanguageModelComponent', title: 'Help desk', at: [2, 2] },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'ask.message > route.input_text',
      'ask.message > route.true_case_message',
      'ask.message > route.false_case_message',
      'route.true_result > refund.input_value',
      'refundRules.prompt > refund.system_message',
      'route.false_result > help.input_value',
      'helpRules.prompt > help.system_message',
      'refund.text_output > answer.input_value',
      'help.text_output > answer.input_value',
    ],
  },
  {
    name: 'Translate in Parts',
    description: 'Cuts a long text, translates the parts one by one and joins them.',
    icon: 'Infinity',
    tags: ['content-generation'],
    note: `## Translate in Parts\nSplit Text makes a table of parts, Loop hands them on one by one, and what comes back is one table again.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      split: { type: 'SplitText', at: [1, 1], set: { separator: '\\n\\n', chunk_size: 1500, chunk_overlap: 0 } },
      loop: { type: 'LoopComponent', at: [2, 1] },
      part: { type: 'ParserComponent', title: 'One part', at: [3, 2], set: { pattern: '{text}' } },
      rules: {
        type: 'Prompt',
        at: [3, 3],
        set: { template: 'Translate the text into Chinese. Answer with the translation alone.' },
      },
      translate: { type: 'LanguageModelComponent', at: [4, 2] },
      join: { type: 'ParserComponent', title: 'All parts', at: [3, 0], set: { pattern: '{text}', sep: '\\n\\n' } },
      answer: { type: 'ChatOutput', at: [4, 0] },
    },
    edges: [
      'ask.message > split.data_inputs',
      'split.dataframe > loop.data',
      'loop.item > part.input_data',
      'part.parsed_text > translate.input_value',
      'rules.prompt > translate.system_message',
      'translate.text_output >> loop.item',
      'loop.done > join.input_data',
      'join.parsed_text > answer.input_value',
    ],
  },
  {
    name: 'Webhook Summary',
    description: 'Summarises what another program posts.',
    icon: 'Webhook',
    tags: ['q-a'],
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
]
