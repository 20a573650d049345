import { ask, type StarterSpec } from './starter-spec.ts'

const NOTE = 'Set the variable **OPENAI_API_KEY**, or choose another model in the Agent.'

/** Models that call tools. */
export const agentStarters: readonly StarterSpec[] = [
  {
    name: 'Simple Agent',
    description: 'An agent that reads web pages and calculates.',
    icon: 'Bot',
    tags: ['assistants', 'agents'],
    note: `## Simple Agent\nComponents in tool mode become tools; the agent decides which to call. Ask it to read a page.\n\n${NOTE}`,
    nodes: {
      ask,
      page: { type: 'URLComponent', at: [0, 2], asTools: true },
      agent: {
        type: 'Agent',
        at: [1, 1],
        set: { system_prompt: 'You answer questions. Read pages and calculate with your tools rather than guess.' },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > agent.input_value',
      'page.component_as_tool > agent.tools',
      'agent.response > answer.input_value',
    ],
  },
  {
    name: 'Web Researcher',
    description: 'Searches the web, reads what it finds and names its sources.',
    icon: 'Search',
    tags: ['assistants', 'agents', 'web-scraping'],
    note: `## Web Researcher\nWeb Search needs no key. The second tool reads a page whole.\n\n${NOTE}`,
    nodes: {
      ask,
      search: { type: 'UnifiedWebSearch', at: [0, 2], asTools: true },
      page: { type: 'URLComponent', at: [0, 3], asTools: true },
      agent: {
        type: 'Agent',
        at: [1, 1],
        set: {
          system_prompt:
            'You research questions on the web. Search first, read the two best pages, then answer in short paragraphs. ' +
            'After each claim name the page it is from. Say what you could not find.',
        },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > agent.input_value',
      'search.component_as_tool > agent.tools',
      'page.component_as_tool > agent.tools',
      'agent.response > answer.input_value',
    ],
  },
  {
    name: 'Encyclopedia Tutor',
    description: 'Explains things from Wikipedia, and remembers the conversation.',
    icon: 'GraduationCap',
    tags: ['assistants', 'agents'],
    note: `## Encyclopedia Tutor\nThe agent sees the last messages of the session by itself; **Number of Chat History Messages** says how many.\n\n${NOTE}`,
    nodes: {
      ask,
      wiki: { type: 'WikipediaComponent', at: [0, 2], set: { k: 2 }, asTools: true },
      agent: {
        type: 'Agent',
        at: [1, 1],
        set: {
          system_prompt:
            'You teach. Look things up before you explain them, use simple words, and end with one question that checks ' +
            'whether it was understood.',
          n_messages: 30,
        },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > agent.input_value',
      'wiki.component_as_tool > agent.tools',
      'agent.response > answer.input_value',
    ],
  },
  {
    name: 'Weather Desk',
    description: 'An agent that calls an API by itself.',
    icon: 'CloudSun',
    tags: ['assistants', 'agents'],
    note: `## Weather Desk\nThe instructions tell the agent how the API works; API Request is its tool. Describe any other API in their place.\n\n${NOTE}`,
    nodes: {
      ask,
      api: { type: 'APIRequest', at: [0, 2], asTools: true },
      agent: {
        type: 'Agent',
        at: [1, 1],
        set: {
          system_prompt:
            'You tell the weather with Open-Meteo, which needs no key. Find a place with ' +
            'https://geocoding-api.open-meteo.com/v1/search?name=NAME&count=1 and its weather with ' +
            'https://api.open-meteo.com/v1/forecast?latitude=LAT&longitude=LON&current=temperature_2m,wind_speed_10m. ' +
            'Answer in one sentence.',
        },
      },
      answer: { type: 'ChatOutput', at: [2, 1] },
    },
    edges: [
      'ask.message > agent.input_value',
      'api.component_as_tool > agent.tools',
      'agent.response > answer.input_value',
    ],
  },
  {
    name: 'Editor and Researcher',
    description: 'One agent is a tool of another: the editor asks the researcher.',
    icon: 'Users',
    tags: ['agents'],
    note: `## Editor and Researcher\nAn agent in tool mode can be called by another one. Each has instructions and tools of its own.\n\n${NOTE}`,
    nodes: {
      ask,
      search: { type: 'UnifiedWebSearch', at: [0, 3], asTools: true },
      researcher: {
        type: 'Agent',
        title: 'Researcher',
        at: [1, 2],
        set: { system_prompt: 'You find facts on the web and give them as a list, each with its page.' },
        asTools: true,
      },
      editor: {
        type: 'Agent',
        title: 'Editor',
        at: [2, 1],
        set: { system_prompt: 'You write short articles. Have the researcher find the facts first.' },
      },
      answer: { type: 'ChatOutput', at: [3, 1] },
    },
    edges: [
      'ask.message > editor.input_value',
      'search.component_as_tool > researcher.tools',
      'researcher.component_as_tool > editor.tools',
      'editor.response > answer.input_value',
    ],
  },
  {
    name: 'Travel Planner',
    description: 'Three agents in a row: what to see, how long it takes, the plan.',
    icon: 'Plane',
    tags: ['agents'],
    note: `## Travel Planner\nWhat one agent says is what the next is asked. Only the first searches, only the second calculates.\n\n${NOTE}`,
    nodes: {
      ask,
      search: { type: 'UnifiedWebSearch', at: [0, 2], asTools: true },
      guide: {
        type: 'Agent',
        title: 'Guide',
        at: [1, 1],
        set: { system_prompt: 'List six places worth seeing, each with a sentence. Search when you are not sure.' },
      },
      sums: { type: 'CalculatorComponent', at: [1, 2], asTools: true },
      clerk: {
        type: 'Agent',
        title: 'Clerk',
        at: [2, 1],
        set: { system_prompt: 'Estimate the hours for each place and calculate their sum. Repeat the list.' },
      },
      writer: {
        type: 'Agent',
        title: 'Writer',
        at: [3, 1],
        set: { system_prompt: 'Turn the list into a plan by day, no more than eight hours each.' },
      },
      answer: { type: 'ChatOutput', at: [4, 1] },
    },
    edges: [
      'ask.message > guide.input_value',
      'search.component_as_tool > guide.tools',
      'guide.response > clerk.input_value',
      'sums.component_as_tool > clerk.tools',
      'clerk.response > writer.input_value',
      'writer.response > answer.input_value',
    ],
  },
]
