declare global {
  /** What `first-script.ts` asked the server for before the app was there, by path. */
  var earlyAnswers: Map<string, Promise<Response>> | undefined
}

/** The answer to a question that was asked already. Each is handed out once; a refusal never, it is asked again. */
export async function takeEarlyAnswer(url: string, method = 'GET'): Promise<Response | undefined> {
  const { earlyAnswers } = globalThis
  const path = url.slice(location.origin.length)
  if (method !== 'GET' || !earlyAnswers?.has(path)) return undefined
  const asked = earlyAnswers.get(path)
  earlyAnswers.delete(path)
  const answer = await asked?.catch(() => undefined)
  return answer?.ok ? answer : undefined
}
