import {
  type Call,
  fileTweak,
  jobsUrl,
  KEY_PLACEHOLDER,
  KEY_VARIABLE,
  LONGEST_SECONDS,
  type Mode,
  runUrl,
  type Snippet,
  uploadSteps,
  webhookUrl,
} from '../call.ts'
import { jobBody, runPayload } from '../run-payload.ts'
import { Expression, javascriptLiteral } from './literals.ts'
import { openAiJavascript } from './openai.ts'

/** Runs in Node and in browsers, where there is no environment. */
const readKey = (call: Call): string =>
  call.key === undefined
    ? `const apiKey = globalThis.process?.env.${KEY_VARIABLE} ?? "${KEY_PLACEHOLDER}";\n`
    : `const apiKey = ${javascriptLiteral(call.key)};\n`

const SESSION = new Expression('globalThis.crypto?.randomUUID?.() ?? String(Date.now())')

const headersOf = (needsKey: boolean): Readonly<Record<string, unknown>> => ({
  'Content-Type': 'application/json',
  ...(needsKey && { 'x-api-key': new Expression('apiKey') }),
})

const optionsOf = (needsKey: boolean): string =>
  javascriptLiteral({
    method: 'POST',
    headers: headersOf(needsKey),
    body: new Expression('JSON.stringify(payload)'),
  })

const SEND = `fetch(url, options)
    .then((response) => {
        if (!response.ok) throw new Error(\`The server answered \${response.status}\`);
        return response.json();
    })
    .then((answer) => console.log(JSON.stringify(answer, null, 2)))
    .catch((error) => console.error(error));
`

function run(call: Call): string {
  return `${call.needsKey ? readKey(call) : ''}const url = "${runUrl(call)}";
const payload = ${javascriptLiteral({ ...runPayload(call.inputs), session_id: SESSION })};
const options = ${optionsOf(call.needsKey)};

${SEND}`
}

function stream(call: Call): string {
  return `${call.needsKey ? readKey(call) : ''}const url = "${runUrl(call)}?stream=true";
const payload = ${javascriptLiteral({ ...runPayload(call.inputs), session_id: SESSION })};
const options = ${optionsOf(call.needsKey)};

async function main() {
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(\`The server answered \${response.status}\`);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    let text = "";
    for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const lines = (rest + decoder.decode(value, { stream: true })).split("\\n");
        rest = lines.pop();
        for (const line of lines) {
            if (!line.trim()) continue;
            const { event, data } = JSON.parse(line);
            switch (event) {
                case "token":
                    text += data.chunk;
                    console.log(data.chunk);
                    break;
                case "error":
                    console.error(data);
                    break;
                case "end":
                    console.log("Done:", text);
                    return;
            }
        }
    }
}

main().catch((error) => console.error(error));
`
}

function webhook(call: Call): string {
  return `${call.webhookNeedsKey ? readKey(call) : ''}const url = "${webhookUrl(call)}";
const payload = ${javascriptLiteral({ any: 'data' })};
const options = ${optionsOf(call.webhookNeedsKey)};

// The answer comes at once; the flow runs in the background.
${SEND}`
}

function background(call: Call): string {
  return `${call.needsKey ? readKey(call) : ''}const url = "${jobsUrl(call)}";
const payload = ${javascriptLiteral(jobBody(call))};
const headers = ${javascriptLiteral(headersOf(call.needsKey))};

async function post(address, body) {
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(\`The server answered \${response.status}\`);
    return response.json();
}

async function main() {
    // The flow begins in the background.
    const { job_id } = await post(url, payload);
    const deadline = Date.now() + ${LONGEST_SECONDS * 1000};
    for (;;) {
        const response = await fetch(\`\${url}?job_id=\${job_id}\`, { headers });
        const job = await response.json();
        if (!response.ok) {
            // The run failed; the answer says why.
            console.log(JSON.stringify(job, null, 2));
            return;
        }
        if (job.status !== "queued" && job.status !== "in_progress") {
            console.log(job.status, JSON.stringify(job.outputs, null, 2));
            return;
        }
        if (Date.now() > deadline) {
            // Stop what takes too long.
            const { message } = await post(\`\${url}/stop\`, { job_id });
            console.log(message);
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
    }
}

main().catch((error) => console.error(error));
`
}

function upload(call: Call): string {
  const steps = uploadSteps(call)
  const tweaks = Object.fromEntries(
    steps.map((step) => [step.nodeId, { [step.field]: fileTweak(step, new Expression(`path${step.number}`)) }]),
  )
  const keyHeader = call.needsKey ? ', headers: { "x-api-key": apiKey }' : ''
  const uploads = steps.map(
    ({ number, url, sampleName, answerKey }) => `    // Step ${number}: upload a file
    const path${number} = (await upload("${url}", "${sampleName}")).${answerKey};
    console.log(path${number});
`,
  )
  return `import { readFile } from "node:fs/promises";

${call.needsKey ? readKey(call) : ''}
async function upload(url, name) {
    const form = new FormData();
    form.append("file", new Blob([await readFile(name)]), name);
    const response = await fetch(url, { method: "POST", body: form${keyHeader} });
    if (!response.ok) throw new Error(\`The server answered \${response.status}\`);
    return response.json();
}

async function main() {
${uploads.join('\n')}
    // Step ${steps.length + 1}: run the flow with what was uploaded
    const payload = ${javascriptLiteral({ ...runPayload(call.inputs, tweaks), session_id: SESSION }, 4)};
    const response = await fetch("${runUrl(call)}", ${optionsOf(call.needsKey).replaceAll('\n', '\n    ')});
    if (!response.ok) throw new Error(\`The server answered \${response.status}\`);
    console.log(JSON.stringify(await response.json(), null, 2));
}

main().catch((error) => console.error(error));
`
}

const WRITERS: Readonly<Record<Exclude<Mode, 'openai'>, (call: Call) => string>> = {
  run,
  stream,
  webhook,
  background,
  upload,
}

/** The call as a JavaScript module, for Node 18 and later; all but the upload run in a browser too. */
export const javascriptSnippets = (call: Call, mode: Mode): readonly Snippet[] =>
  mode === 'openai' ? openAiJavascript(call, readKey(call)) : [{ code: WRITERS[mode](call) }]
