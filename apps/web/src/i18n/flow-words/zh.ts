/** The words of an open flow by namespace, in one file: each namespace would be one more to wait for. */
export const flowWords = import.meta.glob<Record<string, unknown>>('../locales/zh/{editor,fields,workspace}.json', {
  eager: true,
  import: 'default',
})
