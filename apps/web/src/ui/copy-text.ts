/**
 * Puts a text on the clipboard. A page that came without encryption has no `navigator.clipboard`; there the browser's own
 * command to copy is given our text.
 * @throws what the browser says when it does not let us
 */
export async function copyText(text: string): Promise<void> {
  // The types of browsers leave out that it may be missing.
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (clipboard) return clipboard.writeText(text)
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  addEventListener('copy', put, { capture: true, once: true })
  const isCopied = document.execCommand('copy')
  removeEventListener('copy', put, { capture: true })
  if (!isCopied) throw new Error('The browser does not let the page copy.')
}
