import { defineComponent, field, type Tool } from '@runnel/sdk'
import { connectedAgentFields, llmField } from '../shared/connected-agent.ts'
import { runJq } from '../shared/jq.ts'
import { parseLenientJson } from '../shared/json-repair.ts'
import { answerWithOwnTools, chosenFile, ownTool } from '../shared/own-tools.ts'
import { textOfDocument } from '../shared/stored-document.ts'
import { structureOf } from '../shared/written-function.ts'

const { handle_parsing_errors, verbose, max_iterations } = connectedAgentFields
const INSTRUCTIONS =
  'You answer questions on a JSON document. Look at its structure first, then ask for its parts with jq programs. ' +
  'Take everything from the document, and say so when it does not tell.'
/** Characters of an answer to a jq program. */
const MOST = 20_000

export const jsonAgent = defineComponent({
  type: 'JsonAgent',
  aliases: ['JsonAgentComponent'],
  displayName: 'JsonAgent',
  description: 'Answers questions on a JSON document, which it looks up by jq.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    handle_parsing_errors,
    verbose,
    max_iterations,
    llm: llmField,
    path: field.files({ label: 'File Path', info: 'The document.', fileTypes: ['json'], required: true }),
    input_value: field.multiline({ label: 'Text', info: 'The question.', required: true }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'build_agent_response',
      async run(args) {
        const text = await textOfDocument(await chosenFile(args.inputs.path, args.context))
        return answerWithOwnTools(args, { tools: documentTools(parseLenientJson(text)), system: INSTRUCTIONS })
      },
    },
  },
})

const documentTools = (document: unknown): readonly Tool[] => [
  ownTool(
    'json_structure',
    'Tells what the document is made of: types by key, and how long its lists are.',
    {},
    async () => structureOf(document, 6),
  ),
  ownTool(
    'json_query',
    'Runs a jq program on the document and gives what comes of it.',
    { program: field.text({ label: 'Program', info: "Such as '.items | length'.", required: true }) },
    async ({ program }) => {
      const results = runJq(String(program ?? '.'), document)
      return JSON.stringify(results.length === 1 ? results[0] : results).slice(0, MOST)
    },
  ),
]
