import { ask, KEY_NOTE, rules, type StarterSpec } from './starter-spec.ts'

/** A question, a model, an answer. */
export const chatStarters: readonly StarterSpec[] = [
  {
    name: 'Basic Prompting',
    description: 'Ask a model with a prompt of your own.',
    icon: 'MessageSquareText',
    tags: ['chatbots', 'prompting'],
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
    tags: ['content-generation', 'prompting'],
    note: `## Prompt Chaining\nAn outline first, then the article, then a critical reading: three steps are easier to steer than one.\n\n${KEY_NOTE}`,
    nodes: {
      ask,
      outlineRules: rules(
        [0, 2],
        'Write an outline of three points for an article on the given subject.',
        'Outline rules',
      ),
      outline: { type: 'LanguageModelComponent', title: 'Outline', at: [1, 1] },
      draftRules: rules([1, 2], 'Turn the outline into an article of about 200 words.', 'Draft rules'),
      draft: { type: 'LanguageModelComponent', title: 'Draft', at: [2, 1] },
      editRules: rules(
        [2, 2],
        'Improve the article: shorter sentences, no empty words. Answer with the article alone.',
        'Editor rules',
      ),
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
]
