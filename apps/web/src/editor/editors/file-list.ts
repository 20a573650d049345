/** The extension of a name or a path, in small letters and without the dot; empty when it has none. */
export const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** Whether a field takes files of an extension; one that names none takes all. */
export const fits = (extension: string, extensions: readonly string[]): boolean =>
  extensions.length === 0 || extensions.some((one) => one.toLowerCase().replace(/^\./, '') === extension)

/** What lies between two entries of a list, both included, whichever comes first. */
export function rangeBetween(list: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [list.indexOf(from), list.indexOf(to)]
  return a < 0 || b < 0 ? [to] : list.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** What of a folder is taken: no hidden files, nothing of hidden folders, and only what the component reads. */
export function ofFolder(given: readonly File[], extensions: readonly string[]) {
  const isHidden = ({ name, webkitRelativePath: path }: File): boolean =>
    (path || name).split('/').some((part) => part.startsWith('.'))
  const seen = given.filter((file) => !isHidden(file))
  const files = seen.filter(({ name }) => fits(extensionOf(name), extensions))
  return { files, hidden: given.length - seen.length, unfit: seen.length - files.length }
}
