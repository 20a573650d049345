export interface AddressFacts {
  /** `http://localhost:7860` */
  readonly origin: string
  readonly flowId: string
  /** Webhooks are called with a key. */
  readonly needsKey: boolean
}

/** What is shown for the marks a template has in place of the flow's own addresses. Other text stays. */
export function addressText(mark: string, { origin, flowId, needsKey }: AddressFacts): string {
  const webhook = `${origin}/api/v1/webhook/${flowId}`
  if (mark === 'BACKEND_URL') return webhook
  if (mark === 'MCP_SSE') return `${origin}/api/v1/mcp/sse`
  if (mark !== 'CURL_WEBHOOK') return mark
  return [
    `curl -X POST "${webhook}"`,
    "-H 'Content-Type: application/json'",
    ...(needsKey ? ["-H 'x-api-key: <your api key>'"] : []),
    `-d '{"any": "data"}'`,
  ].join(' \\\n  ')
}
