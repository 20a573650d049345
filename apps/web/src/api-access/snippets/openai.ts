import { type Call, NO_KEY_NEEDED, openAiBase, openAiBody, type Snippet } from '../call.ts'
import { Expression, javascriptLiteral, pythonLiteral } from './literals.ts'

const usesEnvironment = ({ needsKey, key }: Call): boolean => needsKey && key === undefined

/**
 * The call by OpenAI's own client for Python, whole and in pieces.
 * @param readKey lines that put the key into `api_key`
 */
export function openAiPython(call: Call, readKey: string): readonly Snippet[] {
  const key = call.needsKey ? 'api_key' : pythonLiteral(NO_KEY_NEEDED)
  const { model, input } = openAiBody(call)
  const head = `${usesEnvironment(call) ? 'import os\n\n' : ''}from openai import OpenAI, OpenAIError

${call.needsKey ? readKey : ''}client = OpenAI(
    base_url="${openAiBase(call)}",
    api_key=${key},${call.needsKey ? '\n    default_headers={"x-api-key": api_key},' : ''}
)

try:
`
  const asked = `model=${pythonLiteral(model)},
        input=${pythonLiteral(input)},`
  const failed = `except OpenAIError as error:
    print(f"The request failed: {error}")
`
  return [
    {
      step: 'whole',
      code: `${head}    response = client.responses.create(
        ${asked}
        # To go on with a conversation: previous_response_id=response.id
    )
    print(response.output_text)
${failed}`,
    },
    {
      step: 'pieces',
      code: `${head}    stream = client.responses.create(
        ${asked}
        stream=True,
    )
    for event in stream:
        delta = getattr(event, "delta", None)
        if isinstance(delta, dict):
            print(delta.get("content", ""), end="", flush=True)
    print()
${failed}`,
    },
  ]
}

/**
 * The same for JavaScript, as a module for Node.
 * @param readKey a line that puts the key into `apiKey`
 */
export function openAiJavascript(call: Call, readKey: string): readonly Snippet[] {
  const options = {
    baseURL: openAiBase(call),
    apiKey: call.needsKey ? new Expression('apiKey') : NO_KEY_NEEDED,
    ...(call.needsKey && { defaultHeaders: { 'x-api-key': new Expression('apiKey') } }),
  }
  const head = `import OpenAI from "openai";

${call.needsKey ? readKey : ''}const client = new OpenAI(${javascriptLiteral(options)});

`
  const body = openAiBody(call)
  return [
    {
      step: 'whole',
      code: `${head}async function main() {
    // To go on with a conversation, add previous_response_id: response.id
    const response = await client.responses.create(${javascriptLiteral(body, 4)});
    console.log(response.output_text);
}

main().catch((error) => console.error("The request failed:", error));
`,
    },
    {
      step: 'pieces',
      code: `${head}async function main() {
    const stream = await client.responses.create(${javascriptLiteral({ ...body, stream: true }, 4)});
    for await (const event of stream) process.stdout.write(event.delta?.content ?? "");
    console.log();
}

main().catch((error) => console.error("The request failed:", error));
`,
    },
  ]
}
