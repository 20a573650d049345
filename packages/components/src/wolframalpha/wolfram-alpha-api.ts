import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { dataFrame, defineComponent, field, type RunArguments } from '@runnel/sdk'
import { askJson, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { rowsAsData } from '../shared/older-search.ts'

const inputs = {
  input_value: field.multiline({ label: 'Input Query', info: "A question such as '2x+5=0'.", tool: true }),
  app_id: field.secret({ label: 'App ID', info: 'Your App ID for WolframAlpha.', required: true }),
} as const
type Args = RunArguments<typeof inputs>

export const wolframAlphaApi = defineComponent({
  type: 'WolframAlphaAPI',
  aliases: ['WolframAlphaAPIComponent'],
  displayName: 'WolframAlpha API',
  description: 'Has WolframAlpha calculate an answer to a question.',
  icon: 'WolframAlphaAPI',
  category: 'wolframalpha',
  documentation: 'https://products.wolframalpha.com/api/documentation',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_content_dataframe',
      run: async (args) => dataFrame(await answers(args)),
    },
    data: rowsAsData('fetch_content', answers),
  },
})

function answers(args: Args) {
  return oncePerBuild(args.context, 'answers', () => ask(args))
}

async function ask({ inputs: { input_value, app_id }, context }: Args) {
  const query = new URLSearchParams({ input: input_value, appid: app_id, output: 'json', format: 'plaintext' })
  const answer = await askJson(`https://api.wolframalpha.com/v2/query?${query}`, { headers: USER_AGENT }, context)
  const text = answerIn(answer.queryresult)
  context.setStatus(text)
  return [{ text }]
}

/** What WolframAlpha takes the question for, and what it finds. */
function answerIn(result: unknown): string {
  const { error, pods } = isObject(result) ? result : {}
  if (isObject(error)) throw new AppError('bad_request', [`WolframAlpha: ${textIn(error.msg) || 'an error'}`])
  const [asked, ...found] = objectsIn(pods).map(({ subpods }) =>
    objectsIn(subpods)
      .map(({ plaintext }) => textIn(plaintext))
      .filter((text) => text !== '')
      .join('\n'),
  )
  const answer = found.find((text) => text !== '')
  if (asked === undefined || answer === undefined) return "Wolfram Alpha wasn't able to answer it"
  return `Assumption: ${asked} \nAnswer: ${answer}`
}
