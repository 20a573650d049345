import i18next from 'i18next'

/** Names one after the other, parted as the language of the page parts them: `A, B` or `A、B`. */
export const listed = (names: Iterable<string>): string =>
  new Intl.ListFormat(i18next.language, { style: 'narrow' }).format(names)
