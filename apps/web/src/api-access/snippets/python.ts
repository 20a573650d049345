import {
  type Call,
  fileTweak,
  jobsUrl,
  KEY_VARIABLE,
  LONGEST_SECONDS,
  type Mode,
  runUrl,
  type Snippet,
  uploadSteps,
  webhookUrl,
} from '../call.ts'
import { jobBody, runPayload } from '../run-payload.ts'
import { Expression, pythonLiteral } from './literals.ts'
import { openAiPython } from './openai.ts'

const readKey = (call: Call): string =>
  call.key === undefined
    ? `api_key = os.environ.get("${KEY_VARIABLE}")
if not api_key:
    raise SystemExit("Set the environment variable ${KEY_VARIABLE} to your API key first.")
`
    : `api_key = ${pythonLiteral(call.key)}\n`

const head = (modules: readonly string[], needsKey: boolean): string =>
  [...modules, ...(needsKey ? ['os'] : [])]
    .sort()
    .map((name) => `import ${name}`)
    .join('\n')

const headersOf = (needsKey: boolean): string =>
  pythonLiteral({ 'Content-Type': 'application/json', ...(needsKey && { 'x-api-key': new Expression('api_key') }) })

/** Sends it, prints the answer, and says what went wrong. */
const SEND = `try:
    response = requests.post(url, json=payload, headers=headers)
    response.raise_for_status()
    print(response.text)
except requests.exceptions.RequestException as error:
    print(f"The request failed: {error}")
except ValueError as error:
    print(f"The answer could not be read: {error}")
`

function run(call: Call): string {
  const payload = { ...runPayload(call.inputs), session_id: new Expression('str(uuid.uuid4())') }
  return `${head(['requests', 'uuid'], call.needsKey && call.key === undefined)}

${call.needsKey ? readKey(call) : ''}url = "${runUrl(call)}"
payload = ${pythonLiteral(payload)}
headers = ${headersOf(call.needsKey)}

${SEND}`
}

function stream(call: Call): string {
  const payload = { ...runPayload(call.inputs), session_id: new Expression('str(uuid.uuid4())') }
  return `${head(['json', 'requests', 'uuid'], call.needsKey && call.key === undefined)}

${call.needsKey ? readKey(call) : ''}url = "${runUrl(call)}?stream=true"
payload = ${pythonLiteral(payload)}
headers = ${headersOf(call.needsKey)}

try:
    with requests.post(url, json=payload, headers=headers, stream=True) as response:
        response.raise_for_status()
        response.encoding = "utf-8"
        for line in response.iter_lines(decode_unicode=True):
            if not line:
                continue
            event = json.loads(line)
            if event["event"] == "token":
                print(event["data"]["chunk"], end="", flush=True)
            elif event["event"] == "error":
                print(event["data"])
            elif event["event"] == "end":
                print()
                break
except requests.exceptions.RequestException as error:
    print(f"The request failed: {error}")
except ValueError as error:
    print(f"The answer could not be read: {error}")
`
}

function webhook(call: Call): string {
  return `${head(['requests'], call.webhookNeedsKey && call.key === undefined)}

${call.webhookNeedsKey ? readKey(call) : ''}url = "${webhookUrl(call)}"
payload = ${pythonLiteral({ any: 'data' })}
headers = ${headersOf(call.webhookNeedsKey)}

# The answer comes at once; the flow runs in the background.
${SEND}`
}

function background(call: Call): string {
  return `${head(['json', 'requests', 'time'], call.needsKey && call.key === undefined)}

${call.needsKey ? readKey(call) : ''}url = "${jobsUrl(call)}"
payload = ${pythonLiteral(jobBody(call))}
headers = ${headersOf(call.needsKey)}

try:
    # The flow begins in the background.
    response = requests.post(url, json=payload, headers=headers)
    response.raise_for_status()
    job_id = response.json()["job_id"]
    deadline = time.monotonic() + ${LONGEST_SECONDS}
    while True:
        response = requests.get(url, params={"job_id": job_id}, headers=headers)
        job = response.json()
        if not response.ok:
            # The run failed; the answer says why.
            print(job)
            break
        if job["status"] not in ("queued", "in_progress"):
            print(job["status"], json.dumps(job.get("outputs"), indent=4))
            break
        if time.monotonic() > deadline:
            # Stop what takes too long.
            response = requests.post(url + "/stop", json={"job_id": job_id}, headers=headers)
            response.raise_for_status()
            print(response.json()["message"])
            break
        time.sleep(1)
except requests.exceptions.RequestException as error:
    print(f"The request failed: {error}")
except ValueError as error:
    print(f"The answer could not be read: {error}")
`
}

function upload(call: Call): string {
  const steps = uploadSteps(call)
  const tweaks = Object.fromEntries(
    steps.map((step) => [step.nodeId, { [step.field]: fileTweak(step, new Expression(`path_${step.number}`)) }]),
  )
  const payload = { ...runPayload(call.inputs, tweaks), session_id: new Expression('str(uuid.uuid4())') }
  const keyHeader = call.needsKey ? ', headers={"x-api-key": api_key}' : ''
  const uploads = steps.map(
    ({ number, url, sampleName, answerKey }) => `    # Step ${number}: upload a file
    with open("${sampleName}", "rb") as file:
        answer = requests.post("${url}", files={"file": file}${keyHeader})
    answer.raise_for_status()
    path_${number} = answer.json()["${answerKey}"]
    print(path_${number})
`,
  )
  return `${head(['requests', 'uuid'], call.needsKey && call.key === undefined)}

${call.needsKey ? readKey(call) : ''}
try:
${uploads.join('\n')}
    # Step ${steps.length + 1}: run the flow with what was uploaded
    payload = ${pythonLiteral(payload, 4)}
    headers = ${headersOf(call.needsKey).replaceAll('\n', '\n    ')}
    response = requests.post("${runUrl(call)}", json=payload, headers=headers)
    response.raise_for_status()
    print(response.text)
except OSError as error:
    print(f"A file or the server could not be reached: {error}")
except ValueError as error:
    print(f"The answer could not be read: {error}")
`
}

const WRITERS: Readonly<Record<Exclude<Mode, 'openai'>, (call: Call) => string>> = {
  run,
  stream,
  webhook,
  background,
  upload,
}

/** The call as a Python program; it needs the package `requests`. */
export const pythonSnippets = (call: Call, mode: Mode): readonly Snippet[] =>
  mode === 'openai' ? openAiPython(call, readKey(call)) : [{ code: WRITERS[mode](call) }]
