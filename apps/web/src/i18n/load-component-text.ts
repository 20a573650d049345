import { readTranslations } from '@runnel/protocol/server-info'
import { client } from '../api/client.ts'
import { keepComponentText } from './component-text.ts'

/** Asks the server for the words of components in a language, once. */
export const loadComponentText = (language: string): Promise<void> =>
  keepComponentText(language, () => client.call(readTranslations, { params: { language } }))
