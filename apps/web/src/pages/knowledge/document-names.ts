type Chosen = Pick<File, 'name' | 'webkitRelativePath'>

/** What each file is kept under: its name, with its folders before it where several have the same name. */
export function documentNames(files: readonly Chosen[]): readonly string[] {
  const alike = Map.groupBy(files, ({ name }) => name)
  return files.map(({ name, webkitRelativePath: path }) =>
    path !== '' && (alike.get(name)?.length ?? 0) > 1 ? path.replaceAll('/', '_') : name,
  )
}
