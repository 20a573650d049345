import type { EffectiveSetting } from '@runnel/protocol/instance'
import type { Config } from '../config.ts'
import type { ReaderLanguage } from '../http/reader-language.ts'
import type { Setting } from '../setting-kinds.ts'
import { type SettingName, settings } from '../settings.ts'

/**
 * Every setting with the value the server goes by, in the order of the documentation. Secrets are never told.
 * @param language - of the sentences that say what they do
 */
export async function effectiveSettings(
  config: Config,
  language: ReaderLanguage,
): Promise<readonly EffectiveSetting[]> {
  const words = language === 'zh' ? (await import('./setting-words-zh.ts')).settingWordsZh : undefined
  // The keys of the table, which Object.entries widens.
  const entries = Object.entries(settings) as readonly (readonly [SettingName, Setting])[]
  return entries.map(([name, { variable, about, fallback, secret }]) => {
    const text = textOf(config[name])
    return {
      variable,
      about: words?.[name] ?? about,
      value: secret && text !== '' ? null : text,
      is_default: text === fallback,
    }
  })
}

function textOf(value: Config[SettingName]): string {
  if (value === undefined) return ''
  if (value instanceof Map) {
    return Array.from(value, ([model, { input, output }]) => `${model}=${input}/${output}`).join(',')
  }
  return Array.isArray(value) ? value.join(',') : String(value)
}
