import { readTranslations } from '@runnel/protocol/server-info'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'

const loaded = new Map<string, ReadonlyMap<string, string>>()

/**
 * Flows keep the English words of their nodes, so that each reader sees them in a language of his own.
 * @returns the text in the language of the page; the text itself while there is no other
 */
export const componentText = (text: string): string => loaded.get(i18next.language)?.get(text) ?? text

/** For what shows components: waits until their words are there, and shows them anew in another language. */
export function useComponentText(): void {
  useTranslation('components')
}

/** Fetches the words of components in a language once. */
export async function loadComponentText(language: string): Promise<void> {
  if (loaded.has(language)) return
  loaded.set(language, new Map(Object.entries(await client.call(readTranslations, { params: { language } }))))
}
