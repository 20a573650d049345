import type { Page } from 'playwright-core'

/** Types by an input method into the box that has the focus: first the sounds, then the chosen characters. */
export async function compose(page: Page, sounds: string, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (let length = 1; length <= sounds.length; length++) await show(session, sounds.slice(0, length))
  await session.send('Input.insertText', { text })
}

/** The same, with the key one takes a candidate by, `Enter`, or gives all of it up, `Escape`, while it is composed. */
export async function composeWith(page: Page, key: 'Enter' | 'Escape', sounds: string, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await show(session, sounds)
  await page.keyboard.press(key)
  await session.send('Input.insertText', { text })
}

type Session = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>

const show = (session: Session, text: string) =>
  session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
