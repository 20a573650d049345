import type { TemplateField } from '../model/flow-document.ts'

export interface FieldOption {
  readonly name: string
  readonly icon: string | undefined
  /** The group it is listed in. */
  readonly category: string | undefined
  /** What else is known of it, in a few words. */
  readonly facts: string
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (option: unknown): string =>
  isRecord(option) ? (typeof option.name === 'string' ? option.name : '') : String(option)

/** The options of a field, each once, with what `options_metadata` says of them. */
export function optionsOf({ options = [], options_metadata: metadata }: TemplateField): readonly FieldOption[] {
  const seen = new Set<string>()
  const found: FieldOption[] = []
  for (const [index, option] of options.entries()) {
    const name = nameOf(option)
    if (name === '' || seen.has(name)) continue
    seen.add(name)
    const facts = { ...(isRecord(option) && option), ...recordAt(metadata, index) }
    const { icon, category, name: _name, ...others } = facts
    found.push({
      name,
      icon: typeof icon === 'string' && icon !== '' ? icon : undefined,
      category: typeof category === 'string' && category !== '' ? category : undefined,
      facts: Object.values(others)
        .filter((fact) => typeof fact === 'string' || typeof fact === 'number')
        .join(' · '),
    })
  }
  return found
}

const recordAt = (list: unknown, index: number): Readonly<Record<string, unknown>> => {
  const value: unknown = Array.isArray(list) ? list[index] : undefined
  return isRecord(value) ? value : {}
}
