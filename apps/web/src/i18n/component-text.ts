import type { Translations } from '@runnel/protocol/server-info'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

interface Words {
  readonly texts: ReadonlyMap<string, string>
  readonly searchWords: ReadonlyMap<string, readonly string[]>
}

const loaded = new Map<string, Words>()

/**
 * Flows keep the English words of their nodes, so that all readers see them in their own language.
 * @returns the text in the language of the page; the text itself while there is no other
 */
export const componentText = (text: string): string => loaded.get(i18next.language)?.texts.get(text) ?? text

/** What else a component is searched by in the language of the page, by its type. */
export const searchWordsOf = (type: string): readonly string[] =>
  loaded.get(i18next.language)?.searchWords.get(type) ?? []

/** For what shows components: waits until their words are there, and shows them anew in another language. */
export function useComponentText(): void {
  useTranslation('components')
}

/** Has the words of components in a language fetched once, and keeps them for {@link componentText}. */
export async function keepComponentText(language: string, fetchWords: () => Promise<Translations>): Promise<void> {
  if (loaded.has(language)) return
  const { texts, search_words } = await fetchWords()
  loaded.set(language, { texts: new Map(Object.entries(texts)), searchWords: new Map(Object.entries(search_words)) })
}
