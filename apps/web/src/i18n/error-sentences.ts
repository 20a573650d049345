import i18next from 'i18next'

type Sentences = Readonly<Record<string, string>>

/** Of the languages besides English, which is what the server itself speaks. */
const files = import.meta.glob<{ readonly default: Sentences }>('./errors/*.json')

/** What a failure is called, and what its sentence is about. */
export interface Told {
  readonly code: string | undefined
  readonly args: readonly string[] | undefined
}

/** The sentence of a failure in the language of the page; undefined where the server's own is the one to show. */
export async function errorSentence(
  { code, args }: Told,
  language = i18next.language ?? 'en',
): Promise<string | undefined> {
  const load = files[`./errors/${language.slice(0, 2)}.json`]
  if (!load || code === undefined || args === undefined) return undefined
  // Without its words the page still has the server's sentence.
  const sentences = await load().then(
    (file) => file.default,
    (): Sentences => ({}),
  )
  // What is a word of the server and not of a person is said in the language too: `role_too_small/viewer`.
  const say = (word = ''): string => sentences[`${code}/${word}`] ?? word
  return sentences[code]?.replace(/\{\{(\d)\}\}/g, (_, index: string) => say(args[Number(index)]))
}
