/** What the code of a call says, as the language writes it. */
export interface StreamedCall {
  readonly address: string
  readonly key: string
  readonly body: string
}

/** A program for Node that shows a run as it goes on: what begins and ends, what is said, and the output. */
export const streamingJavascript = ({
  address,
  key,
  body,
}: StreamedCall): string => `const response = await fetch(${address}, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-API-KEY": ${key} },
  body: JSON.stringify(${body}),
});
if (!response.ok) throw new Error(await response.text());

const reader = response.body.getReader();
const decoder = new TextDecoder();
let rest = "";
for (;;) {
  const { done, value } = await reader.read();
  if (done) break;
  const records = (rest + decoder.decode(value, { stream: true })).split("\\n\\n");
  rest = records.pop();
  for (const record of records) {
    const [, event, json] = /^event:(\\w+)\\ndata:(.*)$/.exec(record) ?? [];
    const data = json && JSON.parse(json);
    switch (event) {
      case "msg": // start, start_node or finish_node
        console.error(data.Msg);
        break;
      case "stream": // a piece of what a model says, or of what it thinks
        console.log(data.Content);
        break;
      case "output":
        console.log(data.output, data.total_time);
        break;
      case "error":
        throw new Error(data.Msg);
    }
  }
}`

/** The same in Python, with the package `requests`. */
export const streamingPython = ({
  address,
  key,
  body,
  reads,
}: StreamedCall & {
  /** The key comes from the environment. */
  readonly reads: boolean
}): string => `import json
${reads ? 'import os\n' : ''}import sys

import requests

with requests.post(
    ${address},
    headers={"X-API-KEY": ${key}},
    json=${body},
    stream=True,
    timeout=300,
) as response:
    response.raise_for_status()
    response.encoding = "utf-8"
    event = ""
    for line in response.iter_lines(decode_unicode=True):
        if line.startswith("event:"):
            event = line[len("event:"):]
        elif line.startswith("data:"):
            data = json.loads(line[len("data:"):])
            if event == "msg":  # start, start_node or finish_node
                print(data["Msg"], file=sys.stderr)
            elif event == "stream":  # a piece of what a model says, or of what it thinks
                print(data["Content"], end="", flush=True)
            elif event == "output":
                print()
                print(data["output"], data["total_time"])
            elif event == "error":
                raise SystemExit(data["Msg"])`
