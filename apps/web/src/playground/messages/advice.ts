/** What there is to be done about a failure, as far as its words tell. */
export type Advice = 'variable' | 'key' | 'model' | 'modelName' | 'limit'

/** How components and providers put it; the first that fits says what to do. */
const KNOWN: readonly (readonly [RegExp, Advice])[] = [
  [/model selection is required|no model selected|missing a provider/i, 'model'],
  [/variable not found/i, 'variable'],
  [/status 40[13]\b|\bapi key\b|unauthorized/i, 'key'],
  [/status 429\b|rate limit|quota/i, 'limit'],
  [/status 404\b|model\b.*\b(does not exist|not found)/i, 'modelName'],
]

/** What to do about a failure that says no more than its reason; undefined where nothing is known to help. */
export const adviceOn = (reason: string): Advice | undefined => KNOWN.find(([words]) => words.test(reason))?.[1]
