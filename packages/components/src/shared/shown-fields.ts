import type { Fields } from '@runnel/sdk'

/** Those of the fields of which it is said whether they are shown, so that they are or are not. */
export const shownFields = (fields: Fields, isShown: (name: string) => boolean | undefined): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, known]) => {
      const show = isShown(name)
      return show === undefined ? [] : [[name, { ...known, attributes: { ...known.attributes, show } }]]
    }),
  )
