import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

const loaded = new Map<string, ReadonlyMap<string, string>>()

/**
 * Flows keep the English words of their nodes, so that all readers see them in their own language.
 * @returns the text in the language of the page; the text itself while there is no other
 */
export const componentText = (text: string): string => loaded.get(i18next.language)?.get(text) ?? text

/** For what shows components: waits until their words are there, and shows them anew in another language. */
export function useComponentText(): void {
  useTranslation('components')
}

/** Has the words of components in a language fetched once, and keeps them for {@link componentText}. */
export async function keepComponentText(
  language: string,
  fetchWords: () => Promise<Readonly<Record<string, string>>>,
): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, new Map(Object.entries(await fetchWords())))
}
