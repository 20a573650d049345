/**
 * Puts a text on the clipboard, at once where the browser lets the page: whoever pastes with the next key gets it. The
 * browser's own command to copy does that while a key or a click is handled, also on a page that came without encryption,
 * which has no `navigator.clipboard`; later only that one is allowed, which takes its time.
 * @throws what the browser says when it does not let us
 */
export async function copyText(text: string): Promise<void> {
  if (copyAtOnce(text)) return
  // The types of browsers leave out that it may be missing.
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (!clipboard) throw new Error('The browser does not let the page copy.')
  await clipboard.writeText(text)
}

function copyAtOnce(text: string): boolean {
  let isPut = false
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    isPut = true
  }
  addEventListener('copy', put, { capture: true, once: true })
  const isCopied = document.execCommand('copy')
  removeEventListener('copy', put, { capture: true })
  return isCopied && isPut
}
