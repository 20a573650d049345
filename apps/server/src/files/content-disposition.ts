import { labelOf } from './file-name.ts'

/** The header of a download: a plain name for old readers, the whole name as RFC 5987 writes it. */
export function attachment(name: string): string {
  const label = labelOf(name).toWellFormed()
  const plain = label.replace(/[^ -~]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(label).replace(/['()*]/g, percent)}`
}

const percent = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
