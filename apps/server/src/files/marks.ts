import { splitName } from './file-name.ts'

/** Names of marks: what was being changed, for `recoverFiles` to read after a crash. */

/** A file of a user is being added or removed: there is a row, or there must be no file. */
export const changingMark = (userId: string, name: string): string => `file_${userId}_${name}`
/** A file of a user is being replaced by a longer one: the row must say its size. */
export const growingMark = (userId: string, name: string): string => `size_${userId}_${name}`
/** A flow or user is being removed: without an owner the folder must go. */
export const leavingMark = (folder: string): string => `owner_${folder}`

export type Mark =
  | { readonly kind: 'file' | 'size'; readonly userId: string; readonly fileId: string; readonly name: string }
  | { readonly kind: 'owner'; readonly folder: string }
  | { readonly kind: 'content' }

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const FILE = new RegExp(`^(file|size)_(${ID})_(${ID}(?:\\.[A-Za-z0-9]{1,16})?)$`)
const OWNER = new RegExp(`^owner_(${ID})$`)

/** Whatever says nothing else is content on its way. */
export function readMark(mark: string): Mark {
  const [, kind, userId, name] = FILE.exec(mark) ?? []
  if (userId && name) {
    return { kind: kind === 'size' ? 'size' : 'file', userId, name, fileId: splitName(name).root }
  }
  const folder = OWNER.exec(mark)?.[1]
  return folder ? { kind: 'owner', folder } : { kind: 'content' }
}
