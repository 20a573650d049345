/** An endpoint under `/projects` and the same under `/folders`, the older name. */
export const folderAliases = <E extends { readonly path: string }>(endpoint: E): readonly E[] => [
  endpoint,
  { ...endpoint, path: endpoint.path.replace('/projects/', '/folders/') },
]
