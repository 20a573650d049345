/** What a Node of ours that a test starts needs of the environment; its settings come beside it. */
export const childEnv = (): Readonly<Record<string, string>> => {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  return { PATH, NODE_COMPILE_CACHE }
}
